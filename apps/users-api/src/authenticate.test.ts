import { AuthError } from '@gatehouse/auth';
import { createTestKey, mintToken, TEST_NOW_SECONDS } from '@gatehouse/auth/testing';
import { ClientsError, createHttpClient } from '@gatehouse/clients';
import { FRONTS } from '@gatehouse/http/testing';
import { createBearerVerifier } from './adapters/token-verifier.ts';
import type { AuthenticateOptions } from './authenticate.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

const key = createTestKey('HS256', 'test');
const config = JSON.stringify({
  issuers: [
    {
      issuer: 'https://issuer.example/',
      algorithms: ['HS256'],
      secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:key',
      audience: ['https://api.example/'],
    },
  ],
  maxTokenBytes: 4096,
});

function apiWith(loadVerifier: AuthenticateOptions['loadVerifier']): TestApi {
  const api = createTestApi({ authentication: loadVerifier === undefined ? {} : { loadVerifier } });
  api.nowMs = TEST_NOW_SECONDS * 1000;
  return api;
}

const secrets = {
  read: async (_arn: string, { versionStage }: { readonly versionStage?: string } = {}) =>
    versionStage === 'AWSPREVIOUS' ? undefined : { value: JSON.stringify(key.jwk), versionId: '1' },
};
const verifying: AuthenticateOptions['loadVerifier'] = async () =>
  createBearerVerifier(config, {
    http: createHttpClient(),
    secrets,
    clock: () => TEST_NOW_SECONDS * 1000,
  });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a function URL without an authorizer', () => {
  const path = '/users/me';

  it('takes a token that verifies', async () => {
    const result = await apiWith(verifying).call({ front: 'url', path, headers: bearer(mintToken(key)) });
    expect(result.status).toBe(404);
    expect(result.json()).toMatchObject({ code: 'USERS_NOT_FOUND' });
  });

  it.each([
    ['no token', {}],
    ['a forged token', bearer(`${mintToken(key).slice(0, -4)}AAAA`)],
    ['a token of another issuer', bearer(mintToken(key, { claims: { iss: 'https://evil.example/' } }))],
    ['an identity in a header', { 'x-user': 'root', 'x-amzn-oidc-identity': 'root' }],
  ])('answers 401 for %s', async (_, headers) => {
    expect((await apiWith(verifying).call({ front: 'url', path, headers })).status).toBe(401);
  });

  it('answers 401 for a forged token though the secret’s previous version holds no text', async () => {
    const loadVerifier: AuthenticateOptions['loadVerifier'] = async () =>
      createBearerVerifier(config, {
        http: createHttpClient(),
        secrets: {
          read: async (arn, options = {}) => {
            if (options.versionStage !== 'AWSPREVIOUS') return secrets.read(arn, options);
            throw new ClientsError('CLIENTS_SECRET_UNUSABLE', 'the secret holds no text');
          },
        },
        clock: () => TEST_NOW_SECONDS * 1000,
      });
    const headers = bearer(`${mintToken(key).slice(0, -4)}AAAA`);
    expect((await apiWith(loadVerifier).call({ front: 'url', path, headers })).status).toBe(401);
  });

  it('answers 401 for every token when it has no configuration', async () => {
    const result = await apiWith(undefined).call({ front: 'url', path, headers: bearer(mintToken(key)) });
    expect(result.status).toBe(401);
  });

  it('answers 503, never 401, when keys cannot be had', async () => {
    const api = apiWith(async () => ({
      verify: async () => {
        throw new AuthError('AUTH_KEY_SOURCE_DOWN');
      },
    }));
    const result = await api.call({ front: 'url', path, headers: bearer(mintToken(key)) });
    expect(result.status).toBe(503);
    expect(result.header('retry-after')).toBe('5');
    expect(result.json()).toMatchObject({ code: 'USERS_AUTHENTICATION_UNAVAILABLE' });
    expect(result.text).not.toContain('verified');
  });

  it('asks for a key set once when its issuer answers 503, and answers 503 itself', async () => {
    let sent = 0;
    const send = async () => {
      sent += 1;
      return { status: 503, headers: {}, body: Buffer.alloc(0) };
    };
    const issuer = {
      issuer: 'https://issuer.example/',
      algorithms: ['RS256'],
      jwksUri: 'https://issuer.example/jwks',
      audience: ['https://api.example/'],
    };
    const http = createHttpClient({ random: () => 0, transport: { send, close: () => undefined } });
    const api = apiWith(async () =>
      createBearerVerifier(JSON.stringify({ issuers: [issuer] }), { http, secrets, clock: Date.now }),
    );
    const token = mintToken(createTestKey('RS256', 'k1'));
    expect((await api.call({ front: 'url', path, headers: bearer(token) })).status).toBe(503);
    expect(sent).toBe(1);
  });

  it('answers a bland 500 when its configuration is wrong', async () => {
    const api = apiWith(async () => {
      throw new AuthError('AUTH_SECRET_INVALID');
    });
    const result = await api.call({ front: 'url', path, headers: bearer(mintToken(key)) });
    expect(result.status).toBe(500);
    expect(result.text).not.toContain('AUTH_');
  });
});

it.each(FRONTS.filter((front) => front !== 'url'))(
  'no token counts behind %s, whose authorizer did not run',
  async (front) => {
    const result = await apiWith(verifying).call({
      front,
      path: '/users/me',
      headers: bearer(mintToken(key)),
    });
    expect(result.status).toBe(401);
  },
);

it.each(['', '{}', '{"issuers":[{}]}'])(
  'a configuration of %j stops the start, and names the variable',
  (text) => {
    const parts = { http: createHttpClient(), secrets, clock: Date.now };
    expect(() => createBearerVerifier(text, parts)).toThrow('AUTH_CONFIG');
  },
);
