import { principalFromContext, toAuthorizerContext } from './authorizer-context.ts';
import {
  apiKeyPrincipal,
  isExpired,
  servicePrincipal,
  subjectOf,
  userPrincipal,
  type Principal,
} from './principal.ts';

const user = {
  kind: 'user',
  issuer: 'https://issuer.example/',
  sub: 'alice',
  subject: 'https://issuer.example/#alice',
  scopes: ['users:read', 'users:write'],
  clientId: 'web',
  expiresAtSeconds: 1_767_226_260,
} as const;
const service = servicePrincipal({
  arn: 'arn:aws:sts::123456789012:assumed-role/webhook/session',
  accountId: '123456789012',
  scopes: ['users:internal'],
});
const apiKey = apiKeyPrincipal('partner-1', ['users:read']);

const principals: readonly [string, Principal][] = [
  ['a user', user],
  ['a user without a client', userPrincipal({ ...user, clientId: undefined })],
  ['a user whose token ended with the epoch', { ...user, expiresAtSeconds: 0 }],
  ['a user without scopes', { ...user, scopes: [] }],
  ['a service', service],
  ['an API key', apiKey],
];

/** What a REST API makes of a context: every value a string, two members of its own. */
function asRestApi(context: object): Record<string, unknown> {
  const strings = Object.entries(context).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(strings), principalId: 'alice', integrationLatency: 12 };
}

describe('toAuthorizerContext', () => {
  it.each(principals)('holds strings, numbers and booleans alone for %s', (_, principal) => {
    for (const value of Object.values(toAuthorizerContext(principal))) {
      expect(['string', 'number', 'boolean']).toContain(typeof value);
    }
  });

  it.each(principals)('comes back as it was through an HTTP API for %s', (_, principal) => {
    const context = JSON.parse(JSON.stringify(toAuthorizerContext(principal))) as Record<string, unknown>;
    expect(principalFromContext(context)).toStrictEqual(principal);
  });

  it.each(principals)('comes back as it was through a REST API for %s', (_, principal) => {
    expect(principalFromContext(asRestApi(toAuthorizerContext(principal)))).toStrictEqual(principal);
  });
});

describe('principalFromContext', () => {
  const context = toAuthorizerContext(user);
  it.each([
    ['an empty context', {}],
    ['a context of another authorizer', { principalId: 'alice', scope: 'users:admin' }],
    ['an unknown kind', { ...context, kind: 'root' }],
    ['no scope member', { kind: 'api-key', keyId: 'partner-1' }],
    ['a scope that is no string', { ...context, scope: ['users:read'] }],
    ['a scope with a double space', { ...context, scope: 'users:read  users:write' }],
    ['a missing issuer', { ...context, issuer: undefined }],
    ['an empty subject', { ...context, sub: '' }],
    ['a subject that is a number', { ...context, sub: 7 }],
    ['a fractional deadline', { ...context, expiresAt: 1.5 }],
    ['a deadline in words', { ...context, expiresAt: 'never' }],
    ['a deadline in hexadecimal', { ...context, expiresAt: '0x10' }],
    ['a negative deadline', { ...context, expiresAt: -1 }],
    ['a deadline past the safe integers', { ...context, expiresAt: '9999999999999999' }],
    ['a missing deadline', { ...context, expiresAt: undefined }],
    ['members that are inherited', Object.create(context) as Record<string, unknown>],
    ['a service without an account', { kind: 'service', arn: service.arn, scope: '' }],
    ['a service without an ARN', { kind: 'service', accountId: service.accountId, scope: '' }],
    ['an API key without a name', { kind: 'api-key', scope: '' }],
  ])('does not take %s for a principal', (_, foreign) => {
    expect(principalFromContext(foreign)).toBeUndefined();
  });
});

describe('isExpired', () => {
  it.each([
    ['before the deadline', user, user.expiresAtSeconds - 1, false],
    ['at the deadline', user, user.expiresAtSeconds, true],
    ['after the deadline', user, user.expiresAtSeconds + 1, true],
    ['for a service, ever', service, Number.MAX_SAFE_INTEGER, false],
    ['for an API key, ever', apiKey, Number.MAX_SAFE_INTEGER, false],
  ])('is judged %s', (_, principal, nowSeconds, expired) => {
    expect(isExpired(principal, nowSeconds)).toBe(expired);
  });
});

describe('servicePrincipal and apiKeyPrincipal', () => {
  it('have a subject of their own and the scopes they are given', () => {
    const scopes = ['users:internal'];
    const arn = 'arn:aws:sts::123456789012:assumed-role/webhook/session';
    expect(servicePrincipal({ arn, accountId: '123456789012', scopes })).toStrictEqual({
      kind: 'service',
      arn,
      subject: arn,
      accountId: '123456789012',
      scopes: ['users:internal'],
    });
    expect(apiKeyPrincipal('partner-1', ['users:read'])).toStrictEqual({
      kind: 'api-key',
      keyId: 'partner-1',
      subject: 'api-key#partner-1',
      scopes: ['users:read'],
    });
  });
});

describe('userPrincipal', () => {
  const given = { issuer: user.issuer, sub: 'alice', scopes: [], expiresAtSeconds: 7 };

  it('has a client when there is one, and else no such member', () => {
    const expected = { kind: 'user', ...given, subject: 'https://issuer.example/#alice' };
    expect(userPrincipal({ ...given, clientId: undefined })).toStrictEqual(expected);
    expect(userPrincipal({ ...given, clientId: 'web' })).toStrictEqual({ ...expected, clientId: 'web' });
  });
});

describe('subjectOf', () => {
  it('keeps subjects of two issuers apart', () => {
    expect(subjectOf('https://a.example', 'x')).toBe('https://a.example#x');
    expect(subjectOf('https://b.example', 'x')).not.toBe(subjectOf('https://a.example', 'x'));
  });
});
