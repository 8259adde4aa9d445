import type { IssuerEntry } from './issuer-profile.ts';

/** One API that is registered in a Microsoft Entra ID tenant. */
export interface EntraApi {
  /** The directory (tenant) id; `common` and `organizations` are no issuer and are refused. */
  readonly tenantId: string;
  /** The API's application (client) id, which version 2.0 tokens carry as `aud`. */
  readonly applicationId: string;
  /** Take scopes from `roles`, which application permissions are in. Default false: from `scp`, delegated permissions. */
  readonly roles?: boolean;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Tokens with continuous access evaluation live up to 28 hours. */
const MAX_LIFETIME_SECONDS = 28 * 3_600;

/**
 * Version 2.0 access tokens of a Microsoft Entra ID tenant (`requestedAccessTokenVersion` 2 in the API's manifest). ID tokens have the same `typ`,
 * and for an app that is its own client the same `aud`, but neither `scp` nor `roles`: name this API's scopes in `anyScope`.
 *
 * @throws TypeError when the tenant is no GUID in lower case: only then is the issuer one tenant's.
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function entraIdIssuer({ tenantId, applicationId, roles = false }: EntraApi): IssuerEntry {
  if (!GUID.test(tenantId)) throw new TypeError('tenantId must be a tenant’s GUID in lower case');
  const tenant = `https://login.microsoftonline.com/${tenantId}`;
  return {
    issuer: `${tenant}/v2.0`,
    algorithms: ['RS256'],
    jwksUri: `${tenant}/discovery/v2.0/keys`,
    typ: ['JWT'],
    audience: [applicationId],
    scopeClaim: roles ? 'roles' : 'scp',
    maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
  };
}
