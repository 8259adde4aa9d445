import { AuthError } from '../errors.ts';
import { createTestKey, mintToken, TEST_NOW_SECONDS, type TestKey } from '../testing/index.ts';
import { readCompactJws } from '../token/compact-jws.ts';
import { verifySignature } from '../token/verify-signature.ts';
import type { Algorithm } from '../token/algorithms.ts';
import { createSecretKeySource, type SecretStage } from './secret-keys.ts';

const key = createTestKey('HS256', 'k1');
const next = createTestKey('HS256', 'k2');
const MINUTE = 60_000;

const describeError = (error: unknown): string =>
  error instanceof AuthError ? [error.code, error.detail].filter(Boolean).join(' ') : String(error);

/** A secret with two versions, which a test rotates. */
function createSecret(
  versions: Partial<Record<SecretStage, string>>,
  { algorithms = ['HS256'], kid }: { algorithms?: readonly Algorithm[]; kid?: string } = {},
) {
  const secret = {
    versions,
    isDown: false,
    downStages: [] as SecretStage[],
    reads: [] as SecretStage[],
    nowMs: TEST_NOW_SECONDS * 1000,
  };
  const source = createSecretKeySource({
    secretArn: 'arn',
    algorithms,
    kid,
    clock: () => secret.nowMs,
    readSecret: async (arn, stage) => {
      expect(arn).toBe('arn');
      secret.reads.push(stage);
      if (secret.isDown || secret.downStages.includes(stage)) throw new Error('no route to the store');
      return secret.versions[stage];
    },
  });
  const verify = async (signer: TestKey, header: object = {}): Promise<string> => {
    const token = mintToken(signer, { header: { ...header } });
    return verifySignature(readCompactJws(token), source).then(
      () => 'verified',
      (error: unknown) => describeError(error),
    );
  };
  return { secret, source, verify };
}

const json = (testKey: TestKey, own: object = {}): string => JSON.stringify({ ...testKey.jwk, ...own });

describe('createSecretKeySource', () => {
  it('reads the current version alone for a token that it verifies, once for many', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key), AWSPREVIOUS: json(next) });
    expect(await Promise.all([verify(key), verify(key), verify(key)])).toEqual(Array(3).fill('verified'));
    expect(secret.reads).toEqual(['AWSCURRENT']);
  });

  it('verifies with the previous version too, while there is one', async () => {
    const { verify } = createSecret({ AWSCURRENT: json(next), AWSPREVIOUS: json(key) });
    expect(await verify(key)).toBe('verified');
    expect(await verify(next)).toBe('verified');
  });

  it('verifies with either of two versions that share a key id', async () => {
    const { verify } = createSecret({
      AWSCURRENT: json(next, { kid: 'same' }),
      AWSPREVIOUS: json(key, { kid: 'same' }),
    });
    expect(await verify(key, { kid: 'same' })).toBe('verified');
    expect(await verify(next, { kid: 'same' })).toBe('verified');
  });

  it('knows a new secret at the first token that needs it, once the cool-down is over', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    expect(await verify(key)).toBe('verified');
    secret.versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    expect(await verify(next)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    secret.nowMs += 30_000;
    expect(await verify(next)).toBe('verified');
    expect(await verify(key)).toBe('verified');
  });

  it('drops a secret that was rotated out twice', async () => {
    const { secret, source, verify } = createSecret({ AWSCURRENT: json(key) });
    const [held] = await source.find({ algorithm: 'HS256', kid: 'k1' });
    secret.versions = { AWSCURRENT: json(createTestKey('HS256', 'k3')), AWSPREVIOUS: json(next) };
    secret.nowMs += 5 * MINUTE;
    expect(source.isCurrent(held!)).toBe(false);
    expect(await verify(key)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    expect(source.isCurrent(held!)).toBe(false);
  });

  it('keeps the key while the secret stays', async () => {
    const { secret, source } = createSecret({ AWSCURRENT: json(key) });
    const [held] = await source.find({ algorithm: 'HS256', kid: 'k1' });
    expect(source.isCurrent(held!)).toBe(true);
    secret.nowMs += 5 * MINUTE;
    expect(source.isCurrent(held!)).toBe(false);
    expect(await source.find({ algorithm: 'HS256', kid: 'k1' })).toEqual([held]);
    expect(source.isCurrent(held!)).toBe(true);
    expect(secret.reads).toEqual(['AWSCURRENT', 'AWSCURRENT']);
  });

  it('does not read the secret more than once per cool-down for tokens that nothing verifies', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    for (let count = 0; count < 50; count += 1)
      expect(await verify(next, { kid: 'k1' })).toBe('AUTH_TOKEN_SIGNATURE');
    expect(secret.reads).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it.each([
    ['a placeholder', 'change me'],
    ['a public key', JSON.stringify(createTestKey('RS256', 'k0').jwk)],
    ['a JWK without k', '{"kty":"oct"}'],
  ])('takes a previous version that is %s for none', async (_, malformed) => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key), AWSPREVIOUS: malformed });
    expect(await verify(key)).toBe('verified');
    expect(await verify(next, { kid: 'k1' })).toBe('AUTH_TOKEN_SIGNATURE');
    expect(await verify(next)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    expect(secret.reads).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it('bridges an outage of the store for an hour', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    await verify(key);
    secret.isDown = true;
    secret.nowMs += 60 * MINUTE - 1;
    expect(await verify(key)).toBe('verified');
    secret.nowMs += 1;
    expect(await verify(key)).toBe('AUTH_KEY_SOURCE_DOWN secret');
  });

  it('calls a secret that was rotated while the store is down an outage, never a forgery', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    expect(await verify(key)).toBe('verified');
    expect(await verify(next, { kid: 'k1' })).toBe('AUTH_TOKEN_SIGNATURE');
    secret.versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    secret.isDown = true;
    secret.nowMs += 30_000;
    for (const _ of ['looks', 'cools down', 'cools down']) {
      expect(await verify(next)).toBe('AUTH_KEY_SOURCE_DOWN secret');
      expect(await verify(key)).toBe('verified');
    }
    expect(secret.reads).toEqual(['AWSCURRENT', 'AWSPREVIOUS', 'AWSCURRENT']);
    secret.isDown = false;
    secret.nowMs += 30_000;
    expect(await verify(next)).toBe('verified');
    expect(await verify(key)).toBe('verified');
  });

  it('verifies with the previous version through an outage, and calls only what it cannot judge one', async () => {
    const versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    const { secret, verify } = createSecret(versions);
    expect(await verify(key)).toBe('verified');
    secret.isDown = true;
    secret.nowMs += 30 * MINUTE;
    expect(await verify(key)).toBe('verified');
    expect(await verify(next)).toBe('verified');
    expect(await verify(createTestKey('HS256', 'k3'))).toBe('AUTH_KEY_SOURCE_DOWN secret');
  });

  it('goes on with the key that was current as soon as it knows the new one, though it has just looked for a previous version', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    expect(await verify(key)).toBe('verified');
    secret.nowMs += 20_000;
    expect(await verify(next)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    secret.versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    secret.nowMs += 10_000;
    expect(await verify(next)).toBe('verified');
    expect(await verify(key)).toBe('verified');
  });

  it('does not miss the previous version when only the read of the current one succeeded', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    expect(await verify(next)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    secret.versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    secret.downStages = ['AWSPREVIOUS'];
    secret.nowMs += 5 * MINUTE;
    expect(await verify(next)).toBe('verified');
    expect(await verify(key)).toBe('AUTH_KEY_SOURCE_DOWN secret');
    secret.downStages = [];
    secret.nowMs += 30_000;
    expect(await verify(key)).toBe('verified');
  });

  it('leaves the previous version as it is while the current one stays', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(next), AWSPREVIOUS: json(key) });
    expect(await verify(next)).toBe('verified');
    secret.nowMs += 20_000;
    expect(await verify(key)).toBe('verified');
    secret.nowMs += 5 * MINUTE - 20_000;
    expect(await verify(key)).toBe('verified');
    expect(secret.reads).toEqual(['AWSCURRENT', 'AWSPREVIOUS', 'AWSCURRENT']);
  });

  it('gives of a new look the keys that the token may be of and that were not tried', async () => {
    const { secret, source } = createSecret({ AWSCURRENT: json(key) });
    const known = { algorithm: 'HS256', kid: 'k1' } as const;
    expect(await source.find(known)).toHaveLength(1);
    secret.versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    secret.nowMs += 30_000;
    expect(await source.findNew({ algorithm: 'HS256', kid: 'k3' })).toEqual([]);
    expect(await source.findNew(known)).toEqual([]);
    expect(await source.findNew({ algorithm: 'HS256', kid: 'k2' })).toEqual([]);
    expect(await source.find({ algorithm: 'HS256', kid: 'k2' })).toHaveLength(1);
  });

  it('finds what became the previous version by a look for another key', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(createTestKey('HS256', 'k0')) });
    expect(await verify(key)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    secret.versions = { AWSCURRENT: json(next), AWSPREVIOUS: json(key) };
    secret.nowMs += 30_000;
    expect(await verify(key)).toBe('verified');
    expect(await verify(next)).toBe('verified');
  });

  it('is down when the store never answered, until a second later it does', async () => {
    const { secret, verify } = createSecret({ AWSCURRENT: json(key) });
    secret.isDown = true;
    expect(await verify(key)).toBe('AUTH_KEY_SOURCE_DOWN secret');
    secret.isDown = false;
    secret.nowMs += 999;
    expect(await verify(key)).toBe('AUTH_KEY_SOURCE_DOWN secret');
    expect(secret.reads).toEqual(['AWSCURRENT']);
    secret.nowMs += 1;
    expect(await verify(key)).toBe('verified');
  });

  it('takes a text that is no JWK as its UTF-8 bytes, with the configured key id', async () => {
    const text = 'a pass phrase of more than thirty-two bytes: äöü';
    const secretJwk = { ...key, signingKey: undefined as never };
    const signer = { ...secretJwk, ...createPlainKey(text) };
    const withKid = createSecret({ AWSCURRENT: text }, { kid: 'k1' });
    expect(await withKid.verify(signer)).toBe('verified');
    expect(await withKid.verify(signer, { kid: 'other' })).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    const withoutKid = createSecret({ AWSCURRENT: text });
    expect(await withoutKid.verify(signer)).toBe('verified');
    expect(await withoutKid.verify(signer, { kid: undefined })).toBe('verified');
  });

  it('prefers a JWK’s own key id to the configured one, which serves a JWK without', async () => {
    const own = createSecret({ AWSCURRENT: json(key) }, { kid: 'configured' });
    expect(await own.verify(key)).toBe('verified');
    expect(await own.verify(key, { kid: 'configured' })).toBe('AUTH_TOKEN_KEY_UNKNOWN');
    const none = createSecret({ AWSCURRENT: json(key, { kid: undefined }) }, { kid: 'configured' });
    expect(await none.verify(key, { kid: 'configured' })).toBe('verified');
    expect(await none.verify(key)).toBe('AUTH_TOKEN_KEY_UNKNOWN');
  });

  it('binds a JWK that names its algorithm to that one', async () => {
    const { source } = createSecret(
      { AWSCURRENT: json(key, { alg: 'HS512' }) },
      { algorithms: ['HS256', 'HS512'] },
    );
    expect(await source.find({ algorithm: 'HS256', kid: 'k1' })).toEqual([]);
    expect(await source.find({ algorithm: 'HS512', kid: 'k1' })).toHaveLength(1);
  });

  it.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
  ] as const)('asks for %s for a secret of at least %i bytes', async (algorithm, bytes) => {
    const jwk = (size: number): string =>
      JSON.stringify({ kty: 'oct', k: Buffer.alloc(size, 7).toString('base64url') });
    const strong = createSecret({ AWSCURRENT: jwk(bytes) }, { algorithms: [algorithm] });
    await expect(strong.source.find({ algorithm, kid: undefined })).resolves.toHaveLength(1);
    const weak = createSecret({ AWSCURRENT: jwk(bytes - 1) }, { algorithms: [algorithm] });
    await expect(weak.source.find({ algorithm, kid: undefined })).rejects.toMatchObject({
      code: 'AUTH_SECRET_INVALID',
      detail: 'length',
    });
  });

  it('leaves out the algorithms that a secret is too short for', async () => {
    const secret = JSON.stringify({ kty: 'oct', k: Buffer.alloc(40, 7).toString('base64url') });
    const { source } = createSecret({ AWSCURRENT: secret }, { algorithms: ['HS256', 'HS512'] });
    await expect(source.find({ algorithm: 'HS256', kid: undefined })).resolves.toHaveLength(1);
    await expect(source.find({ algorithm: 'HS512', kid: undefined })).resolves.toEqual([]);
  });

  it.each([
    ['no current version', undefined, 'no AWSCURRENT'],
    ['a public key', JSON.stringify(createTestKey('RS256', 'k1').jwk), 'kty'],
    ['a JWK without k', '{"kty":"oct"}', 'k'],
    ['a k in plain base64', JSON.stringify({ kty: 'oct', k: 'ab+/'.repeat(16) }), 'k'],
    ['a key id that is a number', json(key, { kid: 1 }), 'kid'],
    ['an algorithm of another kind', json(key, { alg: 'RS256' }), 'alg'],
    ['a use other than sig', json(key, { use: 'enc' }), 'use'],
    ['operations without verify', json(key, { key_ops: ['sign'] }), 'key_ops'],
    ['operations that are no list', json(key, { key_ops: 'verify' }), 'key_ops'],
    ['a short text', 'hunter2', 'length'],
  ])('refuses a secret with %s, without repeating it', async (_, text, detail) => {
    const { source } = createSecret({ ...(text !== undefined && { AWSCURRENT: text }) });
    const error: unknown = await source
      .find({ algorithm: 'HS256', kid: 'k1' })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'AUTH_SECRET_INVALID', kind: 'configuration', detail });
    if (text !== undefined) expect(String(error)).not.toContain(text);
  });

  it('keeps the key of each algorithm when the same secret is read again, and no other', async () => {
    const { secret, source } = createSecret({ AWSCURRENT: json(key) }, { algorithms: ['HS256', 'HS512'] });
    const find = async () => [
      ...(await source.find({ algorithm: 'HS256', kid: 'k1' })),
      ...(await source.find({ algorithm: 'HS512', kid: 'k1' })),
    ];
    const before = await find();
    expect(before.map(({ algorithm }) => algorithm)).toEqual(['HS256', 'HS512']);
    secret.nowMs += 5 * MINUTE;
    const after = await find();
    expect(secret.reads).toHaveLength(2);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    secret.versions = { AWSCURRENT: json(next, { kid: 'k1' }) };
    secret.nowMs += 5 * MINUTE;
    expect((await find()).some((found) => before.includes(found))).toBe(false);
  });

  it('lets an error of ours through as it is', async () => {
    const refused = new AuthError('AUTH_SECRET_INVALID', { detail: 'no such secret' });
    const source = createSecretKeySource({
      secretArn: 'arn',
      algorithms: ['HS256'],
      kid: undefined,
      clock: () => 0,
      readSecret: () => Promise.reject(refused),
    });
    await expect(source.find({ algorithm: 'HS256', kid: 'k1' })).rejects.toBe(refused);
  });

  it('has no current key before anything was read', async () => {
    const other = createSecret({ AWSCURRENT: json(key) });
    const [known] = await other.source.find({ algorithm: 'HS256', kid: 'k1' });
    const { source } = createSecret({ AWSCURRENT: json(key) });
    expect(source.isCurrent(known!)).toBe(false);
    expect(other.source.isCurrent(known!)).toBe(true);
  });

  it('accepts what a JWK may say besides', async () => {
    const { verify } = createSecret({
      AWSCURRENT: ` ${json(key, { use: 'sig', key_ops: ['sign', 'verify'], alg: 'HS256' })}\n`,
    });
    expect(await verify(key)).toBe('verified');
  });
});

function createPlainKey(text: string): Pick<TestKey, 'signingKey'> {
  return { signingKey: Buffer.from(text) as unknown as TestKey['signingKey'] };
}
