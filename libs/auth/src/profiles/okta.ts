import type { IssuerEntry } from './issuer-profile.ts';

/** One custom authorization server of an Okta organisation. */
export interface OktaServer {
  /** The organisation's domain: `example.okta.com`. */
  readonly domain: string;
  /** Default `default`. Tokens of the organisation's own server are not meant for APIs of others. */
  readonly authorizationServerId?: string;
  /** Default `api://default`. */
  readonly audience?: string;
}

/**
 * Access tokens of an Okta custom authorization server. They have no `typ`, a list of scopes in `scp`, and the client in `cid`; they live
 * a day at most.
 * @see https://developer.okta.com/docs/reference/api/oidc/#access-token
 */
export function oktaIssuer({
  domain,
  authorizationServerId = 'default',
  audience = 'api://default',
}: OktaServer): IssuerEntry {
  const issuer = `https://${domain}/oauth2/${authorizationServerId}`;
  return {
    issuer,
    algorithms: ['RS256'],
    jwksUri: `${issuer}/v1/keys`,
    typ: [null],
    audience: [audience],
    scopeClaim: 'scp',
    maxLifetimeSeconds: 86_400,
  };
}
