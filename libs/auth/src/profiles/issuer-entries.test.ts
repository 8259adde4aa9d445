import { auth0Issuer } from './auth0.ts';
import { cognitoIssuer } from './cognito.ts';
import { entraIdIssuer } from './entra-id.ts';
import { genericIssuer } from './generic.ts';
import { oktaIssuer } from './okta.ts';

const TENANT = '0b5e9c1e-3f57-4c1e-9d0a-6f1f6f2f9a10';
const entra = { tenantId: TENANT, applicationId: 'app' };

describe('an issuer’s entry', () => {
  it('of Cognito goes by pool and app clients', () => {
    expect(
      cognitoIssuer({ region: 'eu-central-1', userPoolId: 'eu-central-1_A', clientIds: ['web', 'app'] }),
    ).toEqual({
      issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_A',
      algorithms: ['RS256'],
      jwksUri: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_A/.well-known/jwks.json',
      typ: [null],
      audience: ['web', 'app'],
      audienceClaim: 'client_id',
      tokenUse: 'access',
      scopeClaim: 'scope',
      maxLifetimeSeconds: 86_400,
    });
  });

  it('of Auth0 goes by domain and API', () => {
    const entry = {
      issuer: 'https://example.eu.auth0.com/',
      algorithms: ['RS256'],
      jwksUri: 'https://example.eu.auth0.com/.well-known/jwks.json',
      typ: ['at+jwt', 'JWT'],
      audience: ['api'],
      scopeClaim: 'scope',
      maxLifetimeSeconds: 86_400,
    };
    const api = { domain: 'example.eu.auth0.com', audience: 'api' };
    expect(auth0Issuer(api)).toEqual(entry);
    expect(auth0Issuer({ ...api, permissions: true, maxLifetimeSeconds: 60 })).toEqual({
      ...entry,
      scopeClaim: 'permissions',
      maxLifetimeSeconds: 60,
    });
  });

  it('of Okta goes by authorization server', () => {
    const entry = {
      issuer: 'https://example.okta.com/oauth2/default',
      algorithms: ['RS256'],
      jwksUri: 'https://example.okta.com/oauth2/default/v1/keys',
      typ: [null],
      audience: ['api://default'],
      scopeClaim: 'scp',
      maxLifetimeSeconds: 86_400,
    };
    expect(oktaIssuer({ domain: 'example.okta.com' })).toEqual(entry);
    expect(
      oktaIssuer({ domain: 'example.okta.com', authorizationServerId: 'aus1', audience: 'api' }),
    ).toEqual({
      ...entry,
      issuer: 'https://example.okta.com/oauth2/aus1',
      jwksUri: 'https://example.okta.com/oauth2/aus1/v1/keys',
      audience: ['api'],
    });
  });

  it('of Entra ID goes by tenant and application', () => {
    const entry = {
      issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      algorithms: ['RS256'],
      jwksUri: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
      typ: ['JWT'],
      audience: ['app'],
      scopeClaim: 'scp',
      maxLifetimeSeconds: 28 * 3_600,
    };
    expect(entraIdIssuer(entra)).toEqual(entry);
    expect(entraIdIssuer({ ...entra, roles: true })).toEqual({ ...entry, scopeClaim: 'roles' });
  });

  it.each(['common', 'organizations', TENANT.toUpperCase(), `${TENANT}/`, `x${TENANT}`])(
    'of Entra ID is refused for the tenant %s, which is no one tenant’s id',
    (tenantId) => {
      expect(() => entraIdIssuer({ ...entra, tenantId })).toThrow(/tenantId must be a tenant’s GUID/);
    },
  );

  it('of any RFC 9068 issuer takes RS256 alone, unless it is told more', () => {
    const issuer = { issuer: 'https://i.example/', jwksUri: 'https://i.example/jwks', audience: 'api' };
    const entry = { ...issuer, algorithms: ['RS256'], typ: ['at+jwt'], audience: ['api'] };
    expect(genericIssuer(issuer)).toEqual(entry);
    expect(genericIssuer({ ...issuer, algorithms: ['ES256', 'EdDSA'] })).toEqual({
      ...entry,
      algorithms: ['ES256', 'EdDSA'],
    });
  });
});
