import { createHash } from 'node:crypto';
import {
  AuthError,
  parseRequestAuthConfig,
  type RequestAuthConfigInput,
  type UserPrincipal,
} from '@gatehouse/auth';
import type { Report } from '../create-authorizer.ts';
import {
  AUTHORIZER_EVENTS,
  HTTP_RESOURCE,
  REST_RESOURCE,
  type AuthorizerEventKind,
  type TestRequest,
} from '../testing/events.ts';
import { createRequestAuthorizer } from './request-authorizer.ts';

const KEY = 'partner-key-0123456789abcdef';
const apiKeys = [
  { id: 'partner', sha256: createHash('sha256').update(KEY).digest('hex'), scopes: ['users:read'] },
];
const allowedAddresses = ['203.0.113.0/24', '2001:db8::/32'];
const alice: UserPrincipal = {
  kind: 'user',
  issuer: 'i',
  sub: 'alice',
  subject: 'i#alice',
  scopes: ['users:read'],
  expiresAtSeconds: 1_767_226_260,
};
const token = {
  issuers: [{ issuer: 'i', algorithms: ['HS256' as const], secretArn: 'arn', audience: ['api'] }],
  anyScope: ['users:read'],
};

function authorizerOf(own: Partial<RequestAuthConfigInput> = { apiKeys }, verify = async () => alice) {
  const config = parseRequestAuthConfig(JSON.stringify({ allowedAddresses, ...own }));
  const authorize = createRequestAuthorizer(config, () => ({ verify }));
  const reports: Report[] = [];
  return {
    reports,
    call: (kind: AuthorizerEventKind, request: TestRequest) =>
      authorize(AUTHORIZER_EVENTS[kind](request), (report) => reports.push(report)),
  };
}

const kinds = ['REST REQUEST', 'HTTP 1.0', 'HTTP 2.0'] as const;
const statement = (effect: string, kind: AuthorizerEventKind) => ({
  Action: 'execute-api:Invoke',
  Effect: effect,
  Resource: kind.startsWith('REST') ? REST_RESOURCE : HTTP_RESOURCE,
});

describe.each(kinds)('the request authorizer, asked by a %s event', (kind) => {
  it.each(['203.0.113.7', '2001:db8::1'])('allows a known key from %s', async (sourceIp) => {
    await expect(authorizerOf().call(kind, { sourceIp, headers: { 'X-Api-Key': KEY } })).resolves.toEqual({
      principalId: 'api-key#partner',
      policyDocument: { Version: '2012-10-17', Statement: [statement('Allow', kind)] },
      context: { kind: 'api-key', keyId: 'partner', scope: 'users:read' },
    });
  });

  it('denies a known key from elsewhere', async () => {
    const authorizer = authorizerOf();
    await expect(
      authorizer.call(kind, { sourceIp: '198.51.100.1', headers: { 'x-api-key': KEY } }),
    ).resolves.toEqual({
      principalId: 'address-refused',
      policyDocument: { Version: '2012-10-17', Statement: [statement('Deny', kind)] },
    });
    expect(authorizer.reports).toEqual([{ outcome: 'denied', code: 'AUTHORIZER_ADDRESS_REFUSED' }]);
  });

  it.each(['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'True-Client-IP', 'CF-Connecting-IP'])(
    'does not believe %s',
    async (name) => {
      const request = { sourceIp: '198.51.100.1', headers: { 'x-api-key': KEY, [name]: '203.0.113.7' } };
      await expect(authorizerOf().call(kind, request)).resolves.toMatchObject({
        policyDocument: { Statement: [statement('Deny', kind)] },
      });
    },
  );

  it.each([
    ['no key', {}],
    ['an unknown key', { 'x-api-key': 'another-key-0123456789abcdef' }],
    ['the key in another header', { authorization: KEY }],
  ])('throws "Unauthorized" for %s from an allowed address', async (_, headers) => {
    await expect(authorizerOf().call(kind, { headers })).rejects.toEqual(new Error('Unauthorized'));
  });

  it('hands the key on to a usage plan, where it is told to', async () => {
    const authorizer = authorizerOf({ apiKeys, usagePlan: true });
    await expect(authorizer.call(kind, { headers: { 'x-api-key': KEY } })).resolves.toMatchObject({
      usageIdentifierKey: KEY,
    });
  });

  it('reads the key from the configured header', async () => {
    const authorizer = authorizerOf({ apiKeys, apiKeyHeader: 'x-partner' });
    await expect(authorizer.call(kind, { headers: { 'X-Partner': KEY } })).resolves.toHaveProperty('context');
    await expect(authorizer.call(kind, { headers: { 'x-api-key': KEY } })).rejects.toThrow('Unauthorized');
  });

  it('composes the address with a token', async () => {
    const headers = { authorization: 'Bearer t' };
    const allowed = authorizerOf({ token });
    await expect(allowed.call(kind, { headers })).resolves.toMatchObject({
      principalId: 'i#alice',
      policyDocument: { Statement: [statement('Allow', kind)] },
    });
    await expect(allowed.call(kind, { headers, sourceIp: '198.51.100.1' })).resolves.toMatchObject({
      policyDocument: { Statement: [statement('Deny', kind)] },
    });
    const expired = authorizerOf({ token }, async () => {
      throw new AuthError('AUTH_TOKEN_EXPIRED');
    });
    await expect(expired.call(kind, { headers })).rejects.toEqual(new Error('Unauthorized'));
    const foreign = authorizerOf({ token }, async () => ({ ...alice, scopes: [] }));
    await expect(foreign.call(kind, { headers })).resolves.toMatchObject({
      policyDocument: { Statement: [statement('Deny', kind)] },
    });
  });
});

describe('the request authorizer', () => {
  it('denies a TOKEN event, which has no address', async () => {
    await expect(
      authorizerOf().call('REST TOKEN', { headers: { authorization: KEY } }),
    ).resolves.toMatchObject({
      policyDocument: { Statement: [statement('Deny', 'REST TOKEN')] },
    });
  });

  it('answers HTTP API 2.0 in the simple format, where it is deployed so', async () => {
    const authorizer = authorizerOf({ apiKeys, simpleResponses: true });
    await expect(authorizer.call('HTTP 2.0', { headers: { 'x-api-key': KEY } })).resolves.toEqual({
      isAuthorized: true,
      context: { kind: 'api-key', keyId: 'partner', scope: 'users:read' },
    });
  });
});
