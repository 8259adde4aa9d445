import { AuthError } from '../errors.ts';
import { parseAuthConfig } from './auth-config.ts';

const issuer = {
  issuer: 'https://issuer.example/',
  algorithms: ['RS256'],
  jwksUri: 'https://issuer.example/jwks',
  audience: ['https://api.example/'],
};
const secretIssuer = {
  issuer: 'internal',
  algorithms: ['HS256'],
  secretArn: 'arn:secret',
  audience: ['api'],
};

const parse = (own: object, rest: object = {}) =>
  parseAuthConfig(JSON.stringify({ issuers: [{ ...issuer, ...own }], ...rest }));

function detailOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof AuthError && error.code === 'AUTH_CONFIG_INVALID') return error.detail;
    throw error;
  }
  return undefined;
}

describe('parseAuthConfig', () => {
  it('fills in what an issuer and the whole leave out', () => {
    expect(parse({})).toEqual({
      issuers: [
        {
          issuer: 'https://issuer.example/',
          algorithms: ['RS256'],
          keys: { kind: 'jwks', jwksUri: 'https://issuer.example/jwks' },
          typ: ['at+jwt'],
          audience: ['https://api.example/'],
          audienceClaim: 'aud',
          tokenUse: undefined,
          scopeClaim: 'scope',
          clockToleranceSeconds: 60,
          maxLifetimeSeconds: 86_400,
        },
      ],
      introspection: undefined,
      maxTokenBytes: 7_168,
      anyScope: [],
      revokedTokenIds: [],
      simpleResponses: false,
    });
  });

  it('takes several issuers', () => {
    const config = parseAuthConfig(JSON.stringify({ issuers: [issuer, secretIssuer] }));
    expect(config.issuers.map((entry) => entry.issuer)).toEqual(['https://issuer.example/', 'internal']);
  });

  it('takes every member of an issuer with a secret', () => {
    const config = parseAuthConfig(
      JSON.stringify({
        issuers: [
          {
            ...secretIssuer,
            kid: 'k1',
            typ: [null, 'application/AT+JWT'],
            audienceClaim: 'client_id',
            tokenUse: 'access',
            scopeClaim: 'scp',
            clockToleranceSeconds: 0,
            maxLifetimeSeconds: 3_600,
          },
        ],
        maxTokenBytes: 4_096,
        anyScope: ['users:read'],
        revokedTokenIds: ['t-1'],
        simpleResponses: true,
      }),
    );
    expect(config.issuers[0]).toEqual({
      issuer: 'internal',
      algorithms: ['HS256'],
      keys: { kind: 'secret', secretArn: 'arn:secret', kid: 'k1' },
      typ: [null, 'at+jwt'],
      audience: ['api'],
      audienceClaim: 'client_id',
      tokenUse: 'access',
      scopeClaim: 'scp',
      clockToleranceSeconds: 0,
      maxLifetimeSeconds: 3_600,
    });
    expect(config).toMatchObject({
      maxTokenBytes: 4_096,
      anyScope: ['users:read'],
      revokedTokenIds: ['t-1'],
      simpleResponses: true,
    });
  });

  it('takes an introspection endpoint, with defaults', () => {
    const introspection = {
      issuer: 'https://opaque.example/',
      endpoint: 'https://opaque.example/introspect',
      clientId: 'api',
      secretArn: 'arn:client',
    };
    expect(parse({}, { introspection }).introspection).toEqual({
      ...introspection,
      audience: [],
      audienceClaim: 'aud',
      scopeClaim: 'scope',
      clockToleranceSeconds: 60,
      cacheSeconds: 60,
    });
  });

  it('freezes what it gives, to the last list', () => {
    const config = parse({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.issuers[0]?.keys)).toBe(true);
    expect(Object.isFrozen(config.issuers[0]?.audience)).toBe(true);
  });

  it.each([
    ['an unknown member', { audiences: [] }, 'issuers.0.audiences'],
    ['an issuer with a fragment', { issuer: 'https://issuer.example/#x' }, 'issuers.0.issuer'],
    ['an empty issuer', { issuer: '' }, 'issuers.0.issuer'],
    ['an issuer with a line feed', { issuer: 'a\n' }, 'issuers.0.issuer'],
    ['no algorithm', { algorithms: [] }, 'issuers.0.algorithms'],
    ['the algorithm none', { algorithms: ['none'] }, 'issuers.0.algorithms.0'],
    ['an unknown algorithm', { algorithms: ['RS257'] }, 'issuers.0.algorithms.0'],
    ['a shared-secret algorithm with a key set', { algorithms: ['RS256', 'HS256'] }, 'issuers.0'],
    ['no source of keys', { jwksUri: undefined }, 'issuers.0'],
    ['two sources of keys', { secretArn: 'arn' }, 'issuers.0'],
    ['a key id without a secret', { kid: 'k1' }, 'issuers.0'],
    ['a key set over http', { jwksUri: 'http://issuer.example/jwks' }, 'issuers.0.jwksUri'],
    ['a key set with a user', { jwksUri: 'https://u@issuer.example/jwks' }, 'issuers.0.jwksUri'],
    ['a key set with a password', { jwksUri: 'https://:p@issuer.example/jwks' }, 'issuers.0.jwksUri'],
    ['a key set with a fragment', { jwksUri: 'https://issuer.example/jwks#x' }, 'issuers.0.jwksUri'],
    ['a key set that is no URL', { jwksUri: 'jwks' }, 'issuers.0.jwksUri'],
    ['no audience', { audience: undefined }, 'issuers.0.audience'],
    ['an empty audience', { audience: [] }, 'issuers.0.audience'],
    ['an empty typ list', { typ: [] }, 'issuers.0.typ'],
    ['a tolerance of 301 s', { clockToleranceSeconds: 301 }, 'issuers.0.clockToleranceSeconds'],
    ['a negative tolerance', { clockToleranceSeconds: -1 }, 'issuers.0.clockToleranceSeconds'],
    ['a fractional tolerance', { clockToleranceSeconds: 0.5 }, 'issuers.0.clockToleranceSeconds'],
    ['a life of over a year', { maxLifetimeSeconds: 31_536_001 }, 'issuers.0.maxLifetimeSeconds'],
  ])('refuses %s, naming the member', (_, own, member) => {
    expect(detailOf(() => parse(own))).toMatch(new RegExp(`^${member.replaceAll('.', '\\.')}: `));
  });

  it.each([
    [
      'a public-key algorithm with a secret',
      { issuers: [{ ...secretIssuer, algorithms: ['RS256'] }] },
      'issuers.0: ',
    ],
    ['no issuer', { issuers: [] }, 'issuers: '],
    [
      'an issuer twice',
      { issuers: [issuer, { ...issuer, audience: ['b'] }] },
      'issuers: names an issuer twice',
    ],
    ['a token limit under 256 bytes', { issuers: [issuer], maxTokenBytes: 255 }, 'maxTokenBytes: '],
    [
      'a token limit that no gateway lets through',
      { issuers: [issuer], maxTokenBytes: 10_241 },
      'maxTokenBytes: ',
    ],
    ['a scope with a space', { issuers: [issuer], anyScope: ['a b'] }, 'anyScope.0: '],
    ['an unknown member', { issuers: [issuer], anyScopes: [] }, 'anyScopes: '],
    ['a list', [], ''],
  ])('refuses %s in the whole', (_, input, detail) => {
    expect(detailOf(() => parseAuthConfig(JSON.stringify(input)))).toContain(detail);
  });

  it('refuses a text that is no JSON, without repeating it', () => {
    expect(detailOf(() => parseAuthConfig('{secret'))).toBe('not JSON');
  });
});
