import { parseAuthConfig } from '../config/auth-config.ts';
import { createJwksKeySource } from '../keys/jwks-keys.ts';
import { createTestKey, signText, TEST_NOW_SECONDS as now } from '../testing/index.ts';
import { createTokenVerifier } from '../token/verify-token.ts';
import { auth0Issuer } from './auth0.ts';
import { cognitoIssuer } from './cognito.ts';
import { entraIdIssuer } from './entra-id.ts';
import { genericIssuer } from './generic.ts';
import type { IssuerEntry } from './issuer-profile.ts';
import { oktaIssuer } from './okta.ts';

const key = createTestKey('RS256', '1234example=');
const times = { iat: now - 10, exp: now + 3_590 };
const TENANT = '9122040d-6c67-4c5b-b112-36a304b66dad';
const API = '6e74172b-be56-4843-9ff4-e66a39bb12e3';

interface Profile {
  readonly entry: IssuerEntry;
  readonly jwksUri: string;
  /** What the provider publishes of its key, beyond the key itself. */
  readonly published?: object;
  /** A token in the form that the provider documents. */
  readonly header: object;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expected: object;
  /** Claims by which the provider's other tokens differ, each to be refused. */
  readonly others: Readonly<Record<string, readonly [object, string]>>;
}

const profiles: Readonly<Record<string, Profile>> = {
  Cognito: {
    entry: cognitoIssuer({
      region: 'eu-central-1',
      userPoolId: 'eu-central-1_example',
      clientIds: ['1example23456789'],
    }),
    jwksUri: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example/.well-known/jwks.json',
    header: { kid: key.kid, alg: 'RS256' },
    claims: {
      sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      'cognito:groups': ['testgroup'],
      iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example',
      version: 2,
      client_id: '1example23456789',
      origin_jti: 'dddddddd-1111-2222-3333-444444444444',
      event_id: 'bbbbbbbb-1111-2222-3333-444444444444',
      token_use: 'access',
      scope: 'phone openid users/read',
      auth_time: now - 10,
      jti: 'cccccccc-1111-2222-3333-444444444444',
      username: 'my-test-user',
      ...times,
    },
    expected: { scopes: ['phone', 'openid', 'users/read'], clientId: '1example23456789' },
    others: {
      'an ID token': [
        { token_use: 'id', aud: '1example23456789', client_id: undefined },
        'AUTH_TOKEN_AUDIENCE',
      ],
      'an ID token with a forged-looking client': [{ token_use: 'id' }, 'AUTH_TOKEN_USE'],
      'a token of another client': [{ client_id: 'other' }, 'AUTH_TOKEN_AUDIENCE'],
    },
  },
  'Auth0, its own profile': {
    entry: auth0Issuer({ domain: 'my-domain.auth0.com', audience: 'https://example.com/health-api' }),
    jwksUri: 'https://my-domain.auth0.com/.well-known/jwks.json',
    published: { x5c: ['MIIC'], x5t: 'abc' },
    header: { alg: 'RS256', typ: 'JWT', kid: key.kid },
    claims: {
      iss: 'https://my-domain.auth0.com/',
      sub: 'auth0|123456',
      aud: ['https://example.com/health-api', 'https://my-domain.auth0.com/userinfo'],
      azp: 'my_client_id',
      scope: 'openid profile read:patients',
      'https://example.com/roles': [{ name: 'nurse' }],
      ...times,
    },
    expected: {
      sub: 'auth0|123456',
      scopes: ['openid', 'profile', 'read:patients'],
      clientId: 'my_client_id',
    },
    others: { 'an ID token': [{ aud: 'my_client_id' }, 'AUTH_TOKEN_AUDIENCE'] },
  },
  'Auth0, RFC 9068 with permissions': {
    entry: auth0Issuer({
      domain: 'my-domain.auth0.com',
      audience: 'https://example.com/health-api',
      permissions: true,
    }),
    jwksUri: 'https://my-domain.auth0.com/.well-known/jwks.json',
    header: { alg: 'RS256', typ: 'at+jwt', kid: key.kid },
    claims: {
      iss: 'https://my-domain.auth0.com/',
      sub: 'auth0|123456',
      aud: ['https://example.com/health-api'],
      client_id: 'my_client_id',
      jti: '73WakrfVbNJBaAmhQtEeDv',
      scope: 'openid profile',
      permissions: ['read:patients'],
      ...times,
    },
    expected: { scopes: ['read:patients'], clientId: 'my_client_id' },
    others: {
      'a token for the user info alone': [
        { aud: 'https://my-domain.auth0.com/userinfo' },
        'AUTH_TOKEN_AUDIENCE',
      ],
    },
  },
  Okta: {
    entry: oktaIssuer({ domain: 'example.okta.com' }),
    jwksUri: 'https://example.okta.com/oauth2/default/v1/keys',
    header: { kid: key.kid, alg: 'RS256' },
    claims: {
      ver: 1,
      jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
      iss: 'https://example.okta.com/oauth2/default',
      aud: 'api://default',
      sub: 'john.doe@example.com',
      cid: '0oa47su529ji71bRh0h7',
      uid: '00uixa271s6x7qt8I0h7',
      scp: ['openid', 'users:read'],
      ...times,
    },
    expected: { scopes: ['openid', 'users:read'], clientId: '0oa47su529ji71bRh0h7' },
    others: {
      'an ID token': [{ aud: '0oa47su529ji71bRh0h7', jti: 'ID.1' }, 'AUTH_TOKEN_AUDIENCE'],
      'a token of the organisation’s own server': [
        { iss: 'https://example.okta.com', aud: 'https://example.okta.com' },
        'AUTH_TOKEN_ISSUER',
      ],
    },
  },
  'Entra ID': {
    entry: entraIdIssuer({ tenantId: TENANT, applicationId: API }),
    jwksUri: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
    // Microsoft publishes keys without alg, with certificates and their issuer.
    published: {
      alg: undefined,
      x5t: key.kid,
      x5c: ['MIIC'],
      issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    },
    header: { typ: 'JWT', alg: 'RS256', x5t: key.kid, kid: key.kid },
    claims: {
      aud: API,
      iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      nbf: now - 10,
      aio: 'AXQAi/8IAAAAFm+E/QTG+gFnVxLjWdw8K+61AGrSOuMMF6ebaMj7XO3IbmD3fGmrOyD+NvZyGn2VaT',
      azp: 'd9b3f0a1-0000-1111-2222-333344445555',
      azpacr: '0',
      name: 'Abe Lincoln',
      oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
      rh: 'I',
      scp: 'access_as_user users:read',
      sub: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
      tid: TENANT,
      uti: 'fqiBqXLPj0eQa82S-IYFAA',
      ver: '2.0',
      ...times,
    },
    expected: { scopes: ['access_as_user', 'users:read'], clientId: 'd9b3f0a1-0000-1111-2222-333344445555' },
    others: {
      'a token of another tenant': [
        { iss: 'https://login.microsoftonline.com/common/v2.0' },
        'AUTH_TOKEN_ISSUER',
      ],
      'a version 1.0 token': [{ iss: `https://sts.windows.net/${TENANT}/` }, 'AUTH_TOKEN_ISSUER'],
      'a token for another API': [{ aud: '00000003-0000-0000-c000-000000000000' }, 'AUTH_TOKEN_AUDIENCE'],
    },
  },
  'a generic issuer': {
    entry: genericIssuer({
      issuer: 'https://id.example/',
      jwksUri: 'https://id.example/jwks',
      audience: 'https://api.example/',
    }),
    jwksUri: 'https://id.example/jwks',
    header: { typ: 'at+jwt', alg: 'RS256', kid: key.kid },
    claims: {
      iss: 'https://id.example/',
      sub: '5ba552d67',
      aud: 'https://api.example/',
      client_id: 's6BhdRkqt3',
      jti: 'dbe39bf3a3ba4238a513f51d6e1691c4',
      scope: 'openid users:read',
      ...times,
    },
    expected: { scopes: ['openid', 'users:read'], clientId: 's6BhdRkqt3' },
    others: { 'a token for another API': [{ aud: 'https://other.example/' }, 'AUTH_TOKEN_AUDIENCE'] },
  },
};

function verifierOf({ entry, published }: Profile) {
  const asked: string[] = [];
  const clock = (): number => now * 1000;
  const verifier = createTokenVerifier(parseAuthConfig(JSON.stringify({ issuers: [entry] })), {
    clock,
    keysOf: ({ keys, algorithms }) => {
      if (keys.kind !== 'jwks') throw new TypeError('a key set is expected here');
      return createJwksKeySource({
        jwksUri: keys.jwksUri,
        algorithms,
        clock,
        fetch: async ({ url }) => {
          asked.push(url);
          return { status: 200, body: Buffer.from(JSON.stringify({ keys: [{ ...key.jwk, ...published }] })) };
        },
      });
    },
  });
  return { asked, verifier };
}

const bearer = (header: object, claims: object): string[] => [
  `Bearer ${signText(key, JSON.stringify(header), JSON.stringify(claims))}`,
];

describe.each(Object.entries(profiles))('the profile of %s', (_, profile) => {
  it('accepts a token in the provider’s documented form, by the provider’s own key set', async () => {
    const { asked, verifier } = verifierOf(profile);
    const principal = await verifier.verify(bearer(profile.header, profile.claims));
    expect(principal).toMatchObject({
      issuer: profile.claims['iss'],
      sub: profile.claims['sub'],
      ...profile.expected,
    });
    expect(asked).toEqual([profile.jwksUri]);
  });

  it.each(Object.entries(profile.others))('refuses %s', async (__, [claims, code]) => {
    const { verifier } = verifierOf(profile);
    await expect(
      verifier.verify(bearer(profile.header, { ...profile.claims, ...claims })),
    ).rejects.toMatchObject({ code });
  });

  it('refuses a token of another type', async () => {
    const { verifier } = verifierOf(profile);
    const header = { ...profile.header, typ: 'logout+jwt' };
    await expect(verifier.verify(bearer(header, profile.claims))).rejects.toMatchObject({
      code: 'AUTH_TOKEN_TYPE',
    });
  });

  it('refuses a symmetric signature', async () => {
    const { verifier } = verifierOf(profile);
    const header = { ...profile.header, alg: 'HS256' };
    await expect(verifier.verify(bearer(header, profile.claims))).rejects.toMatchObject({
      code: 'AUTH_TOKEN_ALGORITHM',
    });
  });
});

describe('entraIdIssuer', () => {
  it.each(['common', 'organizations', 'consumers', TENANT.toUpperCase(), `${TENANT}/`])(
    'refuses the tenant %s',
    (tenantId) => {
      expect(() => entraIdIssuer({ tenantId, applicationId: API })).toThrow(TypeError);
    },
  );

  it('takes application permissions from roles', () => {
    expect(entraIdIssuer({ tenantId: TENANT, applicationId: API, roles: true }).scopeClaim).toBe('roles');
  });
});
