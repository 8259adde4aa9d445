import { parseAuthConfig } from '../config/auth-config.ts';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import { createTestKey, mintToken, TEST_CLAIMS, TEST_NOW_SECONDS as now } from '../testing/index.ts';
import { createTokenVerifier } from './verify-token.ts';

const key = createTestKey('HS256', 'k1');
const config = parseAuthConfig(
  JSON.stringify({
    issuers: [
      { issuer: TEST_CLAIMS.iss, algorithms: ['HS256'], secretArn: 'arn', audience: [TEST_CLAIMS.aud] },
    ],
  }),
);

/** A verifier whose clock, keys and revocations a test changes; `lookups` counts how often it had to verify anew. */
async function createScene(maxCachedTokens?: number) {
  const secret = Buffer.from(key.jwk.k!, 'base64url');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const cryptoKey = await crypto.subtle.importKey('raw', secret, algorithm, false, ['verify']);
  const held: VerificationKey = { algorithm: 'HS256', kid: 'k1', cryptoKey };
  const scene = { nowSeconds: now, keys: [held], revoked: new Set<string>(), lookups: 0, isFresh: true };
  const source: KeySource = {
    find: async () => {
      scene.lookups += 1;
      return scene.keys;
    },
    findFurther: async () => [],
    findNew: async () => [],
    isCurrent: (candidate) => scene.isFresh && scene.keys.includes(candidate),
  };
  const verifier = createTokenVerifier(config, {
    keysOf: () => source,
    clock: () => scene.nowSeconds * 1000 + 999,
    isRevoked: (tokenId) => scene.revoked.has(tokenId),
    ...(maxCachedTokens !== undefined && { maxCachedTokens }),
  });
  const verdict = (token: string): Promise<string> =>
    verifier.verify([`Bearer ${token}`]).then(
      ({ sub }) => sub,
      (error: unknown) => (error as { code: string }).code,
    );
  return { scene, verdict };
}

describe('a token that was verified before', () => {
  it('is not verified anew while nothing changed', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key);
    for (let count = 0; count < 5; count += 1) expect(await verdict(token)).toBe('alice');
    expect(scene.lookups).toBe(1);
  });

  it('is refused from the second at which it expires', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key, { claims: { exp: now + 100 } });
    expect(await verdict(token)).toBe('alice');
    scene.nowSeconds = now + 159;
    expect(await verdict(token)).toBe('alice');
    expect(scene.lookups).toBe(1);
    scene.nowSeconds = now + 160;
    expect(await verdict(token)).toBe('AUTH_TOKEN_EXPIRED');
  });

  it('is refused when the clock goes back before its start', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key, { claims: { nbf: now, iat: now - 500 } });
    expect(await verdict(token)).toBe('alice');
    scene.nowSeconds = now - 60;
    expect(await verdict(token)).toBe('alice');
    expect(scene.lookups).toBe(1);
    scene.nowSeconds = now - 61;
    expect(await verdict(token)).toBe('AUTH_TOKEN_NOT_YET_VALID');
  });

  it('is refused when the clock goes back before its time of issue', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key, { claims: { nbf: undefined, iat: now } });
    expect(await verdict(token)).toBe('alice');
    scene.nowSeconds = now - 61;
    expect(await verdict(token)).toBe('AUTH_TOKEN_NOT_YET_VALID');
  });

  it('is refused once its id is revoked, and accepted again when it is not', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key);
    expect(await verdict(token)).toBe('alice');
    scene.revoked.add('token-1');
    expect(await verdict(token)).toBe('AUTH_TOKEN_REVOKED');
    scene.revoked.delete('token-1');
    expect(await verdict(token)).toBe('alice');
  });

  it('without an id is nothing that could be revoked', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key, { claims: { jti: undefined } });
    scene.revoked.has = () => true;
    expect([await verdict(token), await verdict(token)]).toEqual(['alice', 'alice']);
  });

  it('is refused once its key is withdrawn', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key);
    expect(await verdict(token)).toBe('alice');
    scene.keys = [];
    expect(await verdict(token)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
  });

  it('is verified anew when its issuer’s keys are due for a look', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key);
    expect(await verdict(token)).toBe('alice');
    scene.isFresh = false;
    expect(await verdict(token)).toBe('alice');
    expect(scene.lookups).toBe(2);
  });

  it('vouches for no other token, however alike', async () => {
    const { verdict } = await createScene();
    const token = mintToken(key);
    expect(await verdict(token)).toBe('alice');
    const [header, , signature] = token.split('.') as [string, string, string];
    const [, payload] = mintToken(key, { claims: { sub: 'root' } }).split('.') as [string, string];
    expect(await verdict(`${header}.${payload}.${signature}`)).toBe('AUTH_TOKEN_SIGNATURE');
    expect(await verdict(`${token}A`)).toBe('AUTH_TOKEN_SIGNATURE');
  });

  it('is not remembered when it was refused', async () => {
    const { scene, verdict } = await createScene();
    const token = mintToken(key, { header: { kid: 'k1' }, claims: { aud: 'other' } });
    for (let count = 0; count < 3; count += 1) expect(await verdict(token)).toBe('AUTH_TOKEN_AUDIENCE');
    expect(scene.lookups).toBe(3);
  });

  it('is remembered by none that remembers nothing', async () => {
    const { scene, verdict } = await createScene(0);
    const token = mintToken(key);
    expect([await verdict(token), await verdict(token)]).toEqual(['alice', 'alice']);
    scene.revoked.add('token-1');
    expect(await verdict(token)).toBe('AUTH_TOKEN_REVOKED');
    expect(scene.lookups).toBe(3);
  });

  it('is forgotten in time when others come: memory is bounded', async () => {
    const { scene, verdict } = await createScene(4);
    const token = mintToken(key);
    await verdict(token);
    for (let count = 0; count < 10; count += 1)
      await verdict(mintToken(key, { claims: { jti: `other-${count}` } }));
    expect(scene.lookups).toBe(11);
    await verdict(token);
    expect(scene.lookups).toBe(12);
  });
});
