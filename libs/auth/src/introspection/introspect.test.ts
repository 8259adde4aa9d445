import { parseAuthConfig } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import type { DocumentRequest } from '../keys/fetch-document.ts';
import { TEST_NOW_SECONDS } from '../testing/index.ts';
import { createTokenVerifier } from '../token/verify-token.ts';
import { createIntrospector } from './introspect.ts';

const active = {
  active: true,
  sub: 'alice',
  scope: 'users:read users:write',
  client_id: 'web',
  exp: TEST_NOW_SECONDS + 600,
  iss: 'https://opaque.example/',
};

const describeError = (error: unknown): string =>
  error instanceof AuthError ? [error.code, error.detail].filter(Boolean).join(' ') : String(error);

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;

/** An endpoint whose answer and health a test changes as it goes. */
function createEndpoint(own: object = {}) {
  const config = parseAuthConfig(
    JSON.stringify({
      issuers: [{ issuer: 'internal', algorithms: ['HS256'], secretArn: 'arn:signing', audience: ['api'] }],
      introspection: {
        issuer: 'https://opaque.example/',
        endpoint: 'https://opaque.example/introspect',
        clientId: 'api:1',
        secretArn: 'arn:client',
        ...own,
      },
    }),
  );
  const endpoint = {
    answer: active as object,
    status: 200,
    isDown: false,
    isStoreDown: false,
    storeError: undefined as Error | undefined,
    secret: 's e+c/r:et' as string | undefined,
    /** The one secret that the endpoint takes; undefined: any. */
    accepted: undefined as string | undefined,
    secretReads: 0,
    nowMs: TEST_NOW_SECONDS * 1000,
    requests: [] as DocumentRequest[],
  };
  const clock = (): number => endpoint.nowMs;
  const introspector = createIntrospector(config.introspection!, {
    clock,
    fetch: async (request) => {
      endpoint.requests.push(request);
      await Promise.resolve();
      if (endpoint.isDown) throw new Error('connection refused');
      const isClient =
        endpoint.accepted === undefined ||
        request.headers['authorization'] === basic(`api%3A1:${endpoint.accepted}`);
      if (!isClient) return { status: 401, body: Buffer.alloc(0) };
      return { status: endpoint.status, body: Buffer.from(JSON.stringify(endpoint.answer)) };
    },
    readSecret: async (...asked) => {
      expect(asked).toEqual(['arn:client', 'AWSCURRENT']);
      endpoint.secretReads += 1;
      if (endpoint.isStoreDown) throw new Error('no route');
      if (endpoint.storeError !== undefined) throw endpoint.storeError;
      return endpoint.secret;
    },
  });
  const revoked = new Set<string>();
  const verifier = createTokenVerifier(config, {
    clock,
    isRevoked: (tokenId) => revoked.has(tokenId),
    introspector,
    keysOf: () => ({
      find: async () => [],
      findFurther: async () => [],
      findNew: async () => [],
      isCurrent: () => false,
    }),
  });
  const verdict = (token: string): Promise<string> =>
    introspector.introspect(token).then(
      () => 'active',
      (error: unknown) => describeError(error),
    );
  return { endpoint, introspector, verifier, verdict, revoked };
}

describe('createIntrospector', () => {
  it('asks as RFC 7662 says, with the client’s own credentials', async () => {
    const { endpoint, introspector } = createEndpoint();
    await introspector.introspect('opaque/token+1=');
    expect(endpoint.requests).toEqual([
      {
        url: 'https://opaque.example/introspect',
        method: 'POST',
        headers: {
          accept: 'application/json',
          authorization: basic('api%3A1:s+e%2Bc%2Fr%3Aet'),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'token=opaque%2Ftoken%2B1%3D&token_type_hint=access_token',
        timeoutMs: 1_500,
        maxBytes: 150_000,
      },
    ]);
  });

  it('tells who an active token speaks for', async () => {
    const { introspector } = createEndpoint();
    await expect(introspector.introspect('t')).resolves.toEqual({
      principal: {
        kind: 'user',
        issuer: 'https://opaque.example/',
        sub: 'alice',
        subject: 'https://opaque.example/#alice',
        scopes: ['users:read', 'users:write'],
        clientId: 'web',
        expiresAtSeconds: active.exp + 60,
      },
      notBeforeSeconds: 0,
      tokenId: undefined,
    });
  });

  it.each([
    ['an inactive token', { active: false }, 'AUTH_TOKEN_INACTIVE'],
    ['a token whose activity is a text', { ...active, active: 'true' }, 'AUTH_TOKEN_INACTIVE'],
    ['an empty answer', {}, 'AUTH_TOKEN_INACTIVE'],
    ['another issuer', { ...active, iss: 'https://other.example/' }, 'AUTH_TOKEN_ISSUER'],
    ['no issuer', { ...active, iss: undefined }, 'active'],
    ['an expired token', { ...active, exp: TEST_NOW_SECONDS - 60 }, 'AUTH_TOKEN_EXPIRED exp'],
    ['an expiry in text', { ...active, exp: '1' }, 'AUTH_TOKEN_CLAIM exp'],
    [
      'a token that is not valid yet',
      { ...active, nbf: TEST_NOW_SECONDS + 61 },
      'AUTH_TOKEN_NOT_YET_VALID nbf',
    ],
    ['a token that is valid within the tolerance', { ...active, nbf: TEST_NOW_SECONDS + 60 }, 'active'],
    ['a subject that is a number', { ...active, sub: 1 }, 'AUTH_TOKEN_SUBJECT'],
    ['a bearer token', { ...active, token_type: 'Bearer' }, 'active'],
    ['a bearer token in capitals', { ...active, token_type: 'BEARER' }, 'active'],
    ['a DPoP token', { ...active, token_type: 'DPoP' }, 'AUTH_TOKEN_TYPE token_type'],
    ['a refresh token', { ...active, token_type: 'refresh_token' }, 'AUTH_TOKEN_TYPE token_type'],
    ['a type that is a list', { ...active, token_type: ['Bearer'] }, 'AUTH_TOKEN_TYPE token_type'],
    ['a type that is null', { ...active, token_type: null }, 'AUTH_TOKEN_TYPE token_type'],
    ['a token bound to a key by DPoP', { ...active, cnf: { jkt: 'abc' } }, 'AUTH_TOKEN_BOUND'],
    ['a token bound to a certificate', { ...active, cnf: { 'x5t#S256': 'abc' } }, 'AUTH_TOKEN_BOUND'],
    ['a binding that is null', { ...active, cnf: null }, 'AUTH_TOKEN_BOUND'],
    ['a token id that is a number', { ...active, jti: 1 }, 'AUTH_TOKEN_CLAIM jti'],
    ['neither subject nor client', { ...active, sub: undefined, client_id: undefined }, 'AUTH_TOKEN_SUBJECT'],
  ])('answers %s', async (_, answer, expected) => {
    const { endpoint, verdict } = createEndpoint();
    endpoint.answer = answer;
    expect(await verdict('t')).toBe(expected);
  });

  it('takes the client for the subject of a token that has none', async () => {
    const { endpoint, introspector } = createEndpoint();
    endpoint.answer = { ...active, sub: undefined };
    await expect(introspector.introspect('t')).resolves.toMatchObject({
      principal: { sub: 'web', clientId: 'web' },
    });
  });

  it('asks for the audience where one is configured', async () => {
    const { endpoint, verdict } = createEndpoint({ audience: ['api'] });
    expect(await verdict('t1')).toBe('AUTH_TOKEN_AUDIENCE');
    endpoint.answer = { ...active, aud: ['api', 'b'] };
    expect(await verdict('t2')).toBe('active');
  });

  it('holds an answer for its time, and a refusal as well', async () => {
    const { endpoint, verdict } = createEndpoint();
    await verdict('good');
    endpoint.answer = { active: false };
    await verdict('bad');
    endpoint.nowMs += 59_000;
    expect([await verdict('good'), await verdict('bad')]).toEqual(['active', 'AUTH_TOKEN_INACTIVE']);
    expect(endpoint.requests).toHaveLength(2);
    endpoint.nowMs += 1_000;
    expect(await verdict('good')).toBe('AUTH_TOKEN_INACTIVE');
    expect(endpoint.requests).toHaveLength(3);
  });

  it('never holds an answer past the token’s expiry', async () => {
    const { endpoint, verdict } = createEndpoint({ cacheSeconds: 3_600, clockToleranceSeconds: 0 });
    endpoint.answer = { ...active, exp: TEST_NOW_SECONDS + 10 };
    await verdict('t');
    endpoint.nowMs += 10_000;
    expect(await verdict('t')).toBe('AUTH_TOKEN_EXPIRED exp');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('gives a token without expiry the time of the cache', async () => {
    const { endpoint, introspector } = createEndpoint({ cacheSeconds: 30 });
    endpoint.answer = { ...active, exp: undefined };
    await expect(introspector.introspect('t')).resolves.toMatchObject({
      principal: { expiresAtSeconds: TEST_NOW_SECONDS + 30 },
    });
  });

  it('asks once for all who present one token at once', async () => {
    const { endpoint, verdict } = createEndpoint();
    await Promise.all(Array.from({ length: 50 }, () => verdict('t')));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('reads the client secret again when the endpoint does not take it, and asks once more', async () => {
    const { endpoint, verdict } = createEndpoint();
    endpoint.secret = 'old';
    expect(await verdict('t1')).toBe('active');
    Object.assign(endpoint, { secret: 'new', accepted: 'new', requests: [] });
    endpoint.nowMs += 30_000;
    expect(await verdict('t2')).toBe('active');
    expect(endpoint.requests.map(({ headers }) => headers['authorization'])).toEqual([
      basic('api%3A1:old'),
      basic('api%3A1:new'),
    ]);
    expect(await verdict('t3')).toBe('active');
    expect(endpoint.requests).toHaveLength(3);
    expect(endpoint.secretReads).toBe(2);
  });

  it('does not read the secret again while the endpoint takes it', async () => {
    const { endpoint, verdict } = createEndpoint();
    await verdict('t1');
    endpoint.nowMs += 60_000;
    expect(await verdict('t2')).toBe('active');
    expect(endpoint.secretReads).toBe(1);
  });

  it('asks but once with a secret that has not changed, and reads it once per cool-down', async () => {
    const { endpoint, verdict } = createEndpoint();
    expect(await verdict('t0')).toBe('active');
    Object.assign(endpoint, { accepted: 'another', requests: [] });
    endpoint.nowMs += 30_000;
    for (let count = 1; count <= 20; count += 1) {
      expect(await verdict(`t${count}`)).toBe('AUTH_INTROSPECTION_DOWN status 401');
    }
    expect(endpoint.requests).toHaveLength(20);
    expect(endpoint.secretReads).toBe(2);
  });

  it('is down when a new secret is not taken either, without a third request', async () => {
    const { endpoint, verdict } = createEndpoint();
    await verdict('t1');
    Object.assign(endpoint, { secret: 'new', accepted: 'newer', requests: [] });
    endpoint.nowMs += 30_000;
    expect(await verdict('t2')).toBe('AUTH_INTROSPECTION_DOWN status 401');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is down when the secret cannot be read again', async () => {
    const { endpoint, verdict } = createEndpoint();
    await verdict('t1');
    Object.assign(endpoint, { accepted: 'new', isStoreDown: true });
    endpoint.nowMs += 30_000;
    expect(await verdict('t2')).toBe('AUTH_KEY_SOURCE_DOWN secret');
  });

  it.each([
    ['no connection', { isDown: true }, 'AUTH_INTROSPECTION_DOWN connection'],
    ['401 for our own credentials', { status: 401 }, 'AUTH_INTROSPECTION_DOWN status 401'],
    ['no JSON object', { answer: [] }, 'AUTH_INTROSPECTION_DOWN json'],
    ['no store for the client secret', { isStoreDown: true }, 'AUTH_KEY_SOURCE_DOWN secret'],
    [
      'too long an answer',
      { answer: { ...active, pad: 'x'.repeat(150_000) } },
      'AUTH_INTROSPECTION_DOWN size',
    ],
    [
      'a store that calls the secret no text',
      { storeError: new AuthError('AUTH_SECRET_INVALID', { detail: 'no text' }) },
      'AUTH_SECRET_INVALID no text',
    ],
    ['no client secret', { secret: undefined }, 'AUTH_SECRET_INVALID client secret'],
    ['an empty client secret', { secret: '' }, 'AUTH_SECRET_INVALID client secret'],
  ])('fails, and asks again, when there is %s', async (_, state, expected) => {
    const { endpoint, verdict } = createEndpoint();
    const healthy = { ...endpoint };
    Object.assign(endpoint, state);
    expect(await verdict('t')).toBe(expected);
    Object.assign(endpoint, healthy, { nowMs: endpoint.nowMs + 1_000, requests: [] });
    expect(await verdict('t')).toBe('active');
  });
});

describe('createTokenVerifier with an introspection endpoint', () => {
  it.each(['opaque', 'two.parts', 'a.b.c.d', 'a.b.c.d.e'])(
    'asks about %s, which is no signed JWT',
    async (token) => {
      const { endpoint, verifier } = createEndpoint();
      await expect(verifier.verify([`Bearer ${token}`])).resolves.toMatchObject({ sub: 'alice' });
      expect(endpoint.requests).toHaveLength(1);
    },
  );

  it('refuses an opaque token by its id from the moment of its revocation, held answer or not', async () => {
    const { endpoint, verifier, revoked } = createEndpoint();
    endpoint.answer = { ...active, jti: 'id-1' };
    await expect(verifier.verify(['Bearer opaque'])).resolves.toMatchObject({ sub: 'alice' });
    revoked.add('id-1');
    await expect(verifier.verify(['Bearer opaque'])).rejects.toMatchObject({ code: 'AUTH_TOKEN_REVOKED' });
    await expect(verifier.verify(['Bearer other'])).rejects.toMatchObject({ code: 'AUTH_TOKEN_REVOKED' });
    endpoint.answer = { ...active, jti: 'id-2' };
    await expect(verifier.verify(['Bearer third'])).resolves.toMatchObject({ sub: 'alice' });
    expect(endpoint.requests).toHaveLength(3);
  });

  it('does not ask about a token of three parts', async () => {
    const { endpoint, verifier } = createEndpoint();
    await expect(verifier.verify(['Bearer a.b.c'])).rejects.toMatchObject({ code: 'AUTH_TOKEN_MALFORMED' });
    expect(endpoint.requests).toEqual([]);
  });

  it('does not ask about what is no bearer token', async () => {
    const { endpoint, verifier } = createEndpoint();
    await expect(verifier.verify(['Bearer a b'])).rejects.toMatchObject({ code: 'AUTH_HEADER_MALFORMED' });
    expect(endpoint.requests).toEqual([]);
  });
});
