import { generateKeyPairSync } from 'node:crypto';
import { createTestKey } from '../testing/index.ts';
import type { Algorithm } from '../token/algorithms.ts';
import type { FetchDocument } from './fetch-document.ts';
import { createJwksKeySource } from './jwks-keys.ts';

const rsa = createTestKey('RS256', 'rs-1');
const rsa2 = createTestKey('RS256', 'rs-2');
const ec = createTestKey('ES256', 'es-1');
const ed = createTestKey('EdDSA', 'ed-1');
const ALGORITHMS: readonly Algorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const MINUTE = 60_000;

/** An issuer whose key set, speed and health a test changes as it goes. */
function createIssuer(jwks: readonly object[] = [rsa.jwk, ec.jwk, ed.jwk]) {
  const issuer = {
    jwks,
    isDown: false,
    status: 200,
    body: undefined as Uint8Array | undefined,
    nowMs: 1_000_000,
    fetches: 0,
    requests: [] as unknown[],
  };
  const fetch: FetchDocument = async (request) => {
    issuer.fetches += 1;
    issuer.requests.push(request);
    await Promise.resolve();
    if (issuer.isDown) throw new Error('connection refused');
    return {
      status: issuer.status,
      body: issuer.body ?? Buffer.from(JSON.stringify({ keys: issuer.jwks })),
    };
  };
  const keys = createJwksKeySource({
    jwksUri: 'https://issuer.example/jwks',
    algorithms: ALGORITHMS,
    fetch,
    clock: () => issuer.nowMs,
  });
  return { issuer, keys };
}

describe('createJwksKeySource', () => {
  it.each([
    ['RS256', 'rs-1', 1],
    ['ES256', 'es-1', 1],
    ['EdDSA', 'ed-1', 1],
    ['PS256', 'rs-1', 0],
    ['RS256', 'es-1', 0],
    ['HS256', 'rs-1', 0],
    ['RS256', undefined, 0],
    ['RS256', '__proto__', 0],
  ] as const)('finds for %s and the key id %s %i key', async (algorithm, kid, count) => {
    const { keys } = createIssuer();
    expect(await keys.find({ algorithm, kid })).toHaveLength(count);
  });

  const small = createTestKey('RS256', 'small', { modulusLength: 2040 }).jwk;
  const p384 = createTestKey('ES384', 'p384').jwk;
  const without = (jwk: object, ...names: string[]): object =>
    Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)));
  const secp = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' });

  it.each([
    ['that is meant for encryption', { ...rsa.jwk, use: 'enc' }, 'RS256'],
    ['whose operations leave verify out', { ...rsa.jwk, key_ops: ['sign'] }, 'RS256'],
    ['whose operations are no list', { ...rsa.jwk, key_ops: 'verify' }, 'RS256'],
    ['of another algorithm', { ...rsa.jwk, alg: 'RS512' }, 'RS256'],
    ['of an unknown algorithm', { ...rsa.jwk, alg: 'RSA-OAEP' }, 'RS256'],
    ['of fewer than 2048 bits', { ...small, kid: 'rs-1' }, 'RS256'],
    ['with exponent 1', { ...rsa.jwk, e: 'AQ' }, 'RS256'],
    ['with an even exponent', { ...rsa.jwk, e: 'AQAA' }, 'RS256'],
    ['with an exponent of nine bytes', { ...rsa.jwk, e: Buffer.alloc(9, 1).toString('base64url') }, 'RS256'],
    ['with a leading zero in its modulus', { ...rsa.jwk, n: `AA${rsa.jwk.n!}` }, 'RS256'],
    ['without modulus', without(rsa.jwk, 'n'), 'RS256'],
    ['whose modulus is in plain base64', { ...rsa.jwk, n: `+${rsa.jwk.n!.slice(1)}` }, 'RS256'],
    ['with a private member', { ...rsa.jwk, d: 'AQAB' }, 'RS256'],
    ['whose id is a number', { ...rsa.jwk, kid: 7 }, 'RS256'],
    ['of another type', { ...rsa.jwk, kty: 'EC' }, 'RS256'],
    ['on another curve', { ...p384, kid: 'es-1', alg: 'ES256' }, 'ES256'],
    ['on secp256k1', { ...secp, kid: 'es-1' }, 'ES256'],
    ['whose point is not on its curve', { ...ec.jwk, x: ec.jwk.y }, 'ES256'],
    ['of the X25519 curve', { ...ed.jwk, crv: 'X25519' }, 'EdDSA'],
    ['that is a shared secret', { kty: 'oct', k: 'c2VjcmV0', kid: 'rs-1' }, 'RS256'],
  ] as const)('passes over a key %s', async (_, jwk, algorithm) => {
    const { keys } = createIssuer([jwk, { ...rsa2.jwk }]);
    const kid = String((jwk as { kid?: unknown }).kid);
    expect(await keys.find({ algorithm, kid })).toEqual([]);
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-2' })).toHaveLength(1);
  });

  it('uses a key without alg for each of the issuer’s algorithms that fits', async () => {
    const { keys } = createIssuer([without(rsa.jwk, 'alg', 'use')]);
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toHaveLength(1);
    expect(await keys.find({ algorithm: 'PS256', kid: 'rs-1' })).toHaveLength(1);
    expect(await keys.find({ algorithm: 'RS512', kid: 'rs-1' })).toEqual([]);
  });

  it('finds none when two keys share an id', async () => {
    const { keys } = createIssuer([rsa.jwk, { ...rsa2.jwk, kid: 'rs-1' }]);
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([]);
  });

  it('finds the one key without id for a token without id, and none of two', async () => {
    const one = createIssuer([without(rsa.jwk, 'kid')]).keys;
    const two = createIssuer([without(rsa.jwk, 'kid'), without(rsa2.jwk, 'kid')]).keys;
    expect(await one.find({ algorithm: 'RS256', kid: undefined })).toHaveLength(1);
    expect(await two.find({ algorithm: 'RS256', kid: undefined })).toEqual([]);
  });

  it('asks with the limits of 1.5 s and 150 kB', async () => {
    const { issuer, keys } = createIssuer();
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    expect(issuer.requests).toEqual([
      {
        url: 'https://issuer.example/jwks',
        method: 'GET',
        headers: { accept: 'application/jwk-set+json, application/json' },
        timeoutMs: 1_500,
        maxBytes: 150_000,
      },
    ]);
  });

  it('asks the issuer once for any number of first callers', async () => {
    const { issuer, keys } = createIssuer();
    await Promise.all(Array.from({ length: 100 }, () => keys.find({ algorithm: 'RS256', kid: 'rs-1' })));
    expect(issuer.fetches).toBe(1);
  });

  it('asks at most once per 30 s for 10,000 unknown key ids', async () => {
    const { issuer, keys } = createIssuer();
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.nowMs += 31_000;
    for (let count = 0; count < 10_000; count += 1) {
      issuer.nowMs += 2;
      const selector = { algorithm: 'RS256' as const, kid: `unknown-${count}` };
      await keys.find(selector);
      expect(await keys.findNew(selector)).toEqual([]);
    }
    // 20 s have passed: one look for the first of them.
    expect(issuer.fetches).toBe(2);
  });

  it('answers known key ids at once while a look for an unknown one is under way', async () => {
    const { issuer, keys } = createIssuer();
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.nowMs += 31_000;
    const look = keys.findNew({ algorithm: 'RS256', kid: 'rs-9' });
    const order: string[] = [];
    await Promise.all([
      look.then(() => order.push('unknown')),
      keys.find({ algorithm: 'RS256', kid: 'rs-1' }).then(() => order.push('known')),
    ]);
    expect(order).toEqual(['known', 'unknown']);
  });

  it('finds a key that the issuer has just published', async () => {
    const { issuer, keys } = createIssuer([rsa.jwk]);
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.jwks = [rsa.jwk, rsa2.jwk];
    issuer.nowMs += 31_000;
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-2' })).toEqual([]);
    expect(await keys.findNew({ algorithm: 'RS256', kid: 'rs-2' })).toHaveLength(1);
  });

  it('does not ask again because a known key did not verify', async () => {
    const { issuer, keys } = createIssuer();
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.nowMs += 31_000;
    expect(await keys.findNew({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([]);
    expect(issuer.fetches).toBe(1);
  });

  it('drops a removed key after ten minutes, and keeps the identity of one that stays', async () => {
    const { issuer, keys } = createIssuer([rsa.jwk, rsa2.jwk]);
    const [first] = await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    const [second] = await keys.find({ algorithm: 'RS256', kid: 'rs-2' });
    issuer.jwks = [rsa2.jwk];
    issuer.nowMs += 10 * MINUTE - 1;
    expect(keys.isCurrent(first!)).toBe(true);
    issuer.nowMs += 1;
    expect(keys.isCurrent(first!)).toBe(false);
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([]);
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-2' })).toEqual([second]);
    expect([keys.isCurrent(first!), keys.isCurrent(second!)]).toEqual([false, true]);
  });

  it('bridges an outage with the keys that it holds, for four hours, and asks every 30 s', async () => {
    const { issuer, keys } = createIssuer();
    const [key] = await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.isDown = true;
    issuer.nowMs += 4 * 60 * MINUTE - 1;
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([key]);
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([key]);
    expect(issuer.fetches).toBe(2);
    issuer.nowMs += 1;
    await expect(keys.find({ algorithm: 'RS256', kid: 'rs-1' })).rejects.toMatchObject({
      code: 'AUTH_KEY_SOURCE_DOWN',
    });
    expect(issuer.fetches).toBe(2);
    issuer.nowMs += 30_000;
    issuer.isDown = false;
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([key]);
  });

  it('has no other keys than those of the set', async () => {
    const { issuer, keys } = createIssuer();
    expect(await keys.findFurther({ algorithm: 'RS256', kid: 'rs-2' })).toEqual([]);
    expect(issuer.fetches).toBe(0);
  });

  it('is down for a key id that it does not hold while the issuer is, and finds the others', async () => {
    const { issuer, keys } = createIssuer([rsa.jwk]);
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.jwks = [rsa.jwk, rsa2.jwk];
    issuer.isDown = true;
    issuer.nowMs += 31_000;
    for (let count = 0; count < 10; count += 1) {
      expect(await keys.find({ algorithm: 'RS256', kid: 'rs-2' })).toEqual([]);
      await expect(keys.findNew({ algorithm: 'RS256', kid: 'rs-2' })).rejects.toMatchObject({
        code: 'AUTH_KEY_SOURCE_DOWN',
        detail: 'connection',
      });
      expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toHaveLength(1);
    }
    expect(issuer.fetches).toBe(2);
    issuer.isDown = false;
    issuer.nowMs += 30_000;
    expect(await keys.findNew({ algorithm: 'RS256', kid: 'rs-2' })).toHaveLength(1);
  });

  it('does not call a forged token of a key that it holds an outage, however old the keys are', async () => {
    const { issuer, keys } = createIssuer();
    await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.isDown = true;
    issuer.nowMs += 60 * MINUTE;
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toHaveLength(1);
    expect(await keys.findNew({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([]);
  });

  it('fails for a second, not for thirty, after a first look that failed', async () => {
    const { issuer, keys } = createIssuer();
    const find = () => keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.isDown = true;
    for (let count = 0; count < 10; count += 1) await expect(find()).rejects.toThrow();
    issuer.isDown = false;
    issuer.nowMs += 999;
    await expect(find()).rejects.toThrow();
    expect(issuer.fetches).toBe(1);
    issuer.nowMs += 1;
    expect(await find()).toHaveLength(1);
  });

  it.each([
    ['empty', []],
    ['of other algorithms’ keys alone', [{ kty: 'oct', k: 'c2VjcmV0', kid: 'rs-1' }]],
    ['of broken keys alone', [{ ...ec.jwk, x: ec.jwk.y }, 'rs-1', null]],
  ])('goes on with the keys that it holds, as in an outage, when the set is %s', async (_, jwks) => {
    const { issuer, keys } = createIssuer();
    const [key] = await keys.find({ algorithm: 'RS256', kid: 'rs-1' });
    issuer.jwks = jwks as object[];
    issuer.nowMs += 10 * MINUTE;
    expect(await keys.find({ algorithm: 'RS256', kid: 'rs-1' })).toEqual([key]);
    await expect(keys.findNew({ algorithm: 'RS256', kid: 'rs-2' })).rejects.toMatchObject({
      code: 'AUTH_KEY_SOURCE_DOWN',
      detail: 'no usable key',
    });
    issuer.nowMs += 230 * MINUTE;
    await expect(keys.find({ algorithm: 'RS256', kid: 'rs-1' })).rejects.toMatchObject({
      code: 'AUTH_KEY_SOURCE_DOWN',
    });
  });

  it.each([
    ['no connection', { isDown: true }, 'connection'],
    ['a redirect', { status: 302 }, 'status 302'],
    ['a server error', { status: 503 }, 'status 503'],
    ['no JSON', { body: Buffer.from('<html>') }, 'json'],
    ['a list', { body: Buffer.from('[]') }, 'json'],
    ['no keys', { body: Buffer.from('{}') }, 'keys'],
    ['an empty set', { jwks: [] }, 'no usable key'],
    ['150,001 bytes', { body: Buffer.from(JSON.stringify({ keys: [], pad: '' }).padEnd(150_001)) }, 'size'],
  ])('is down when the issuer gives %s', async (_, state, detail) => {
    const { issuer, keys } = createIssuer();
    Object.assign(issuer, state);
    await expect(keys.find({ algorithm: 'RS256', kid: 'rs-1' })).rejects.toMatchObject({
      code: 'AUTH_KEY_SOURCE_DOWN',
      kind: 'outage',
      detail,
    });
  });

  it('gives up on an issuer that does not answer within 1.5 s', async () => {
    jest.useFakeTimers();
    try {
      const fetch: FetchDocument = () => new Promise(() => undefined);
      const keys = createJwksKeySource({
        jwksUri: 'https://a.example',
        algorithms: ALGORITHMS,
        fetch,
        clock: () => 0,
      });
      const found = keys.find({ algorithm: 'RS256', kid: 'rs-1' });
      const outcome = expect(found).rejects.toMatchObject({
        code: 'AUTH_KEY_SOURCE_DOWN',
        detail: 'timeout',
      });
      await jest.advanceTimersByTimeAsync(1_500);
      await outcome;
    } finally {
      jest.useRealTimers();
    }
  });
});
