import { usersOperations } from '../contract/users-operations.ts';
import type { Environment } from '../environments/environment.ts';
import { environments } from '../environments/environments.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { configurationOf } from '../testing/configuration.ts';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';
import { refusalOf } from '../testing/refusal.ts';

type Change = NonNullable<Parameters<typeof devEnvironment>[0]>;

const authConfigOf = (authorizer: NonNullable<Change['authorizer']>) =>
  configurationOf(synthesise('Authorizer', { environment: devEnvironment({ authorizer }) }), 'AUTH_CONFIG');

describe('the scopes of which a caller needs one', () => {
  it.each(Object.entries(environments))(
    'are in %s those that the operations of the users API ask for, without internal ones',
    (name, settings) => {
      const environment = parseEnvironment(name, settings);
      const template = synthesise('Authorizer', { environment, operations: usersOperations() });

      expect(configurationOf(template, 'AUTH_CONFIG')).toMatchObject({
        anyScope: ['users:admin', 'users:read', 'users:write'],
      });
    },
  );

  it('are those that an environment names instead, and none where it names none', () => {
    expect(authConfigOf({ anyScope: ['reports:read'] })).toMatchObject({ anyScope: ['reports:read'] });
    expect(authConfigOf({ anyScope: [] })).toMatchObject({ anyScope: [] });
  });

  it('hold for the token that goes with an address', () => {
    const environment: Environment = devEnvironment({
      authorizer: { kind: 'request', request: { allowedAddresses: ['10.0.0.0/16'] } },
    });

    expect(configurationOf(synthesise('Authorizer', { environment }), 'REQUEST_AUTH_CONFIG')).toMatchObject({
      token: { anyScope: ['users:admin', 'users:read', 'users:write'] },
    });
  });

  it('are told to the function that verifies tokens itself, too', () => {
    const template = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['url'] }) });

    expect(configurationOf(template, 'AUTH_CONFIG')).toMatchObject({
      anyScope: ['users:admin', 'users:read', 'users:write'],
    });
  });
});

const TENANT = 'https://login.microsoftonline.com/0b5e9c1e-3f57-4c1e-9d0a-6f1f6f2f9a10';
const POOL = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_A';

/** What the profiles of libs/auth make of these providers: an entry of AUTH_CONFIG. */
const providers = {
  Cognito: {
    issuer: POOL,
    algorithms: ['RS256'],
    jwksUri: `${POOL}/.well-known/jwks.json`,
    typ: [null],
    audience: ['web', 'app'],
    audienceClaim: 'client_id',
    tokenUse: 'access',
    scopeClaim: 'scope',
    maxLifetimeSeconds: 86_400,
  },
  Auth0: {
    issuer: 'https://example.eu.auth0.com/',
    algorithms: ['RS256'],
    jwksUri: 'https://example.eu.auth0.com/.well-known/jwks.json',
    typ: ['at+jwt', 'JWT'],
    audience: ['https://api.example/'],
    scopeClaim: 'permissions',
    maxLifetimeSeconds: 2_592_000,
  },
  Okta: {
    issuer: 'https://example.okta.com/oauth2/default',
    algorithms: ['RS256'],
    jwksUri: 'https://example.okta.com/oauth2/default/v1/keys',
    typ: [null],
    audience: ['api://default'],
    scopeClaim: 'scp',
    maxLifetimeSeconds: 86_400,
  },
  'Entra ID': {
    issuer: `${TENANT}/v2.0`,
    algorithms: ['RS256'],
    jwksUri: `${TENANT}/discovery/v2.0/keys`,
    typ: ['JWT'],
    audience: ['6e74172b-be56-4843-9ff4-e66a39bb12e3'],
    scopeClaim: 'roles',
    maxLifetimeSeconds: 100_800,
  },
  'an issuer by RFC 9068': {
    issuer: 'https://id.example/',
    algorithms: ['RS256', 'PS384', 'RS512', 'Ed25519'],
    jwksUri: 'https://id.example/jwks',
    audience: ['https://api.example/'],
  },
} as const;

describe('an issuer', () => {
  it.each(Object.entries(providers))('arrives as %s has it', (_, { jwksUri, ...entry }) => {
    const issuers = [{ ...entry, keys: { jwksUri } }];

    expect(authConfigOf({ issuers })).toMatchObject({ issuers: [{ ...entry, jwksUri }] });
  });

  it('arrives with the name of the secret that is shared with it, which the functions may read', () => {
    const entry = {
      issuer: 'partner',
      algorithms: ['HS384', 'HS512'] as const,
      audience: ['api'],
      clockToleranceSeconds: 0,
    };
    const keys = { secretName: 'gatehouse/dev/partner-key', kid: 'partner-1' };
    const environment = devEnvironment({
      fronts: ['http', 'url'],
      authorizer: { issuers: [{ ...entry, keys }] },
    });

    for (const stack of ['Authorizer', 'UsersApi'] as const) {
      const template = synthesise(stack, { environment });
      expect(configurationOf(template, 'AUTH_CONFIG')).toMatchObject({
        issuers: [{ ...entry, secretArn: 'gatehouse/dev/partner-key', kid: 'partner-1' }],
      });
      expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(
        ':secret:gatehouse/dev/partner-key-??????',
      );
    }
  });

  it.each([
    ['issuer', { issuer: 'has#fragment' }],
    ['issuer', { issuer: 'has space' }],
    ['keys', { keys: { jwksUri: 'http://id.example/jwks' } }],
    ['keys', { keys: { jwksUri: 'https://user@id.example/jwks' } }],
    ['keys', { keys: { secretName: 'has space' } }],
    ['audience', { audience: [] }],
    ['maxLifetimeSeconds', { maxLifetimeSeconds: 31_536_001 }],
    ['typ', { typ: [] }],
  ])('is refused for its %s: %j', (member, change) => {
    const { jwksUri, ...entry } = providers.Cognito;
    const issuers = [{ ...entry, keys: { jwksUri }, ...change }];
    const [problem] = refusalOf(() => devEnvironment({ authorizer: { issuers } })).problems;

    expect(problem?.at).toMatch(new RegExp(`^dev\\.authorizer\\.issuers\\.0\\.${member}`));
  });
});

describe('the configuration of callers', () => {
  it('tells which token ids are refused', () => {
    expect(authConfigOf({ revokedTokenIds: ['jti-1', 'jti-2'] })).toMatchObject({
      revokedTokenIds: ['jti-1', 'jti-2'],
    });
    expect(authConfigOf({})).not.toHaveProperty('revokedTokenIds');
  });

  it('leaves to the function what an introspection endpoint’s entry does not say', () => {
    const introspection = {
      issuer: 'opaque',
      endpoint: 'https://opaque.example/introspect',
      clientId: 'gatehouse',
    };

    expect(authConfigOf({ introspection })).toMatchObject({
      introspection: { ...introspection, secretArn: 'gatehouse/dev/introspection-client' },
    });
  });

  it('takes addresses and blocks of both families', () => {
    const allowedAddresses = ['203.0.113.0/24', '198.51.100.7', '2001:db8::/32', '2001:db8:1::7', '::/0'];
    const environment = devEnvironment({
      authorizer: { kind: 'request', request: { allowedAddresses } },
    });

    expect(configurationOf(synthesise('Authorizer', { environment }), 'REQUEST_AUTH_CONFIG')).toMatchObject({
      allowedAddresses,
    });
  });

  it.each([
    '203.0.113.7/24',
    '0.0.0.1/0',
    '2001:db8::1/32',
    '2001:db8::/9',
    '::ffff:203.0.113.7/120',
    '203.0.113.0/33',
    '::/129',
    'fe80::1%eth0',
    '203.0.113',
    'office',
  ])('refuses the address range %s', (range) => {
    const change = { kind: 'request', request: { allowedAddresses: ['2000::/9', range] } } as const;

    expect(refusalOf(() => devEnvironment({ authorizer: change })).problems[0]?.at).toBe(
      'dev.authorizer.request.allowedAddresses.1',
    );
  });
});
