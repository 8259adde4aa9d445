import { AuthError, parseAuthConfig, type AuthConfigInput, type UserPrincipal } from '@gatehouse/auth';
import type { Report } from '../create-authorizer.ts';
import {
  AUTHORIZER_EVENTS,
  HTTP_RESOURCE,
  REST_RESOURCE,
  type AuthorizerEventKind,
  type TestRequest,
} from '../testing/events.ts';
import { createTokenAuthorizer } from './token-authorizer.ts';

const alice: UserPrincipal = {
  kind: 'user',
  issuer: 'https://issuer.example/',
  sub: 'alice',
  subject: 'https://issuer.example/#alice',
  scopes: ['users:read'],
  expiresAtSeconds: 1_767_226_260,
};
const context = {
  kind: 'user',
  issuer: alice.issuer,
  sub: 'alice',
  scope: 'users:read',
  expiresAt: alice.expiresAtSeconds,
};

function authorizerOf(
  verify: (authorization: readonly string[]) => Promise<UserPrincipal>,
  config: Partial<AuthConfigInput> = {},
) {
  const parsed = parseAuthConfig(
    JSON.stringify({
      issuers: [{ issuer: alice.issuer, algorithms: ['HS256'], secretArn: 'arn', audience: ['api'] }],
      anyScope: ['users:read', 'users:write'],
      ...config,
    }),
  );
  const authorize = createTokenAuthorizer(parsed, { verify });
  const reports: Report[] = [];
  return {
    reports,
    call: (kind: AuthorizerEventKind, request: TestRequest = {}) =>
      authorize(AUTHORIZER_EVENTS[kind](request), (report) => reports.push(report)),
  };
}

const kinds = Object.keys(AUTHORIZER_EVENTS) as AuthorizerEventKind[];
const resourceOf = (kind: AuthorizerEventKind): string =>
  kind.startsWith('REST') ? REST_RESOURCE : HTTP_RESOURCE;
const policy = (effect: string, kind: AuthorizerEventKind) => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resourceOf(kind) }],
});

describe.each(kinds)('the token authorizer, asked by a %s event', (kind) => {
  it('passes the Authorization value on to the verifier', async () => {
    const seen: (readonly string[])[] = [];
    const authorizer = authorizerOf(async (values) => {
      seen.push(values);
      return alice;
    });
    await authorizer.call(kind, { headers: { AUTHORIZATION: 'Bearer t', 'x-other': 'y' } });
    expect(seen).toEqual([['Bearer t']]);
  });

  it('allows the whole stage to a caller with a scope of this API', async () => {
    await expect(authorizerOf(async () => alice).call(kind)).resolves.toEqual({
      principalId: alice.subject,
      policyDocument: policy('Allow', kind),
      context,
    });
  });

  it('denies the whole stage to a caller with no scope of this API', async () => {
    const authorizer = authorizerOf(async () => ({ ...alice, scopes: ['orders:read'] }));
    await expect(authorizer.call(kind)).resolves.toEqual({
      principalId: alice.subject,
      policyDocument: policy('Deny', kind),
    });
    expect(authorizer.reports).toEqual([{ outcome: 'denied', code: 'AUTHORIZER_NO_SCOPE' }]);
  });

  it('takes nothing of the caller’s path into the policy', async () => {
    const result = await authorizerOf(async () => alice).call(kind, { path: '/*"}],"x":[{/../other/PUT/*' });
    expect(result).toMatchObject({ policyDocument: policy('Allow', kind) });
  });

  it('throws exactly "Unauthorized" for a bad credential, and reports why', async () => {
    const authorizer = authorizerOf(async () => {
      throw new AuthError('AUTH_TOKEN_EXPIRED', { detail: 'exp' });
    });
    await expect(authorizer.call(kind)).rejects.toEqual(new Error('Unauthorized'));
    expect(authorizer.reports).toEqual([
      { outcome: 'unauthenticated', code: 'AUTH_TOKEN_EXPIRED', detail: 'exp' },
    ]);
  });

  it.each([
    [
      'the key source is down',
      new AuthError('AUTH_KEY_SOURCE_DOWN', { cause: new Error('secret text') }),
      'AUTH_KEY_SOURCE_DOWN',
    ],
    ['anything else breaks', new Error('secret text'), 'AUTHORIZER_FAILED'],
  ])('fails with a code alone when %s', async (_, error, code) => {
    const authorizer = authorizerOf(async () => {
      throw error;
    });
    await expect(authorizer.call(kind)).rejects.toEqual(new Error(code));
    expect(authorizer.reports).toEqual([{ outcome: 'outage', code, error }]);
  });
});

describe('the token authorizer', () => {
  it('asks for no scope when the API names none', async () => {
    const authorizer = authorizerOf(async () => ({ ...alice, scopes: [] }), { anyScope: [] });
    await expect(authorizer.call('HTTP 2.0')).resolves.toMatchObject({
      policyDocument: policy('Allow', 'HTTP 2.0'),
    });
  });

  it('answers HTTP API 2.0 alone in the simple format, where it is deployed so', async () => {
    const allow = authorizerOf(async () => alice, { simpleResponses: true });
    const deny = authorizerOf(async () => ({ ...alice, scopes: [] }), { simpleResponses: true });
    await expect(allow.call('HTTP 2.0')).resolves.toEqual({ isAuthorized: true, context });
    await expect(deny.call('HTTP 2.0')).resolves.toEqual({ isAuthorized: false });
    await expect(allow.call('HTTP 1.0')).resolves.toMatchObject({
      policyDocument: policy('Allow', 'HTTP 1.0'),
    });
    await expect(allow.call('REST REQUEST')).resolves.toHaveProperty('policyDocument');
  });

  it('hands the verifier both values when names differ in case alone', async () => {
    const seen: (readonly string[])[] = [];
    const authorizer = authorizerOf(async (values) => {
      seen.push(values);
      return alice;
    });
    await authorizer.call('REST REQUEST', {
      headers: { Authorization: 'Bearer a', authorization: 'Bearer b' },
    });
    expect(seen).toEqual([['Bearer a', 'Bearer b']]);
  });

  it.each([
    ['null', null],
    ['a text', 'event'],
    ['a list', []],
    ['another type', { type: 'COGNITO' }],
    ['a REST event without ARN', { type: 'TOKEN', authorizationToken: 'Bearer t' }],
    [
      'an ARN with a wildcard for the stage',
      { type: 'TOKEN', authorizationToken: 'x', methodArn: 'arn:aws:execute-api:r:123456789012:a/*/GET/' },
    ],
  ])('throws "Unauthorized" for an event that is %s', async (_, event) => {
    const parsed = parseAuthConfig(
      JSON.stringify({
        issuers: [{ issuer: 'i', algorithms: ['HS256'], secretArn: 'arn', audience: ['api'] }],
      }),
    );
    const authorize = createTokenAuthorizer(parsed, { verify: async () => alice });
    await expect(authorize(event, () => undefined)).rejects.toEqual(new Error('Unauthorized'));
  });
});
