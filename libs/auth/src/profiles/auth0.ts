import type { IssuerEntry } from './issuer-profile.ts';

/** One API of an Auth0 tenant. */
export interface Auth0Api {
  /** The tenant's domain or a custom one: `example.eu.auth0.com`. */
  readonly domain: string;
  /** The API's identifier. */
  readonly audience: string;
  /** Take scopes from `permissions`, which role-based access control adds. Default false: from `scope`. */
  readonly permissions?: boolean;
  /** The API's own token lifetime. Default 86,400 s, which is Auth0's; it can be set up to 30 days. */
  readonly maxLifetimeSeconds?: number;
}

/**
 * Access tokens of an Auth0 API, of its own profile (`typ` JWT) or of RFC 9068 (`typ` at+jwt). The issuer ends in a slash.
 * @see https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
 */
export function auth0Issuer({
  domain,
  audience,
  permissions = false,
  maxLifetimeSeconds = 86_400,
}: Auth0Api): IssuerEntry {
  return {
    issuer: `https://${domain}/`,
    algorithms: ['RS256'],
    jwksUri: `https://${domain}/.well-known/jwks.json`,
    typ: ['at+jwt', 'JWT'],
    audience: [audience],
    scopeClaim: permissions ? 'permissions' : 'scope',
    maxLifetimeSeconds,
  };
}
