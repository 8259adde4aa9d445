import type { IntrospectionConfig } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import { userPrincipal, type UserPrincipal } from '../principal/principal.ts';
import { assertAudience, clientOf, numericDate, scopesOf, subjectClaim } from '../token/token-claims.ts';
import { ownMember, type JsonObject } from '../token/json-object.ts';

/** An active token, as its issuer describes it. */
export interface IntrospectedToken {
  readonly principal: UserPrincipal;
  readonly notBeforeSeconds: number;
}

/**
 * Judges an introspection response (RFC 7662 section 2.2). Only `active: true` counts. `iss` and `exp` are optional there: an issuer
 * that is named must be the configured one, and a token without expiry is good for the cache's time. A token without `sub` (client
 * credentials) speaks for its client.
 *
 * @throws AuthError `AUTH_TOKEN_INACTIVE`, or what {@link acceptClaims} throws for the like claim.
 */
export function acceptIntrospection(
  response: JsonObject,
  config: IntrospectionConfig,
  nowSeconds: number,
): IntrospectedToken {
  if (ownMember(response, 'active') !== true) throw new AuthError('AUTH_TOKEN_INACTIVE');
  const iss = ownMember(response, 'iss');
  if (iss !== undefined && iss !== config.issuer) throw new AuthError('AUTH_TOKEN_ISSUER');
  if (config.audience.length > 0) assertAudience(ownMember(response, config.audienceClaim), config.audience);

  const tolerance = config.clockToleranceSeconds;
  const has = (name: string): boolean => ownMember(response, name) !== undefined;
  const expiresAtSeconds = has('exp')
    ? numericDate(response, 'exp') + tolerance
    : nowSeconds + config.cacheSeconds;
  if (has('exp') && nowSeconds >= expiresAtSeconds)
    throw new AuthError('AUTH_TOKEN_EXPIRED', { detail: 'exp' });

  const clientId = clientOf(response);
  const sub = has('sub') || clientId === undefined ? subjectClaim(response) : clientId;
  const principal = userPrincipal({
    issuer: config.issuer,
    sub,
    scopes: scopesOf(ownMember(response, config.scopeClaim), config.scopeClaim),
    clientId,
    expiresAtSeconds,
  });
  const notBeforeSeconds = has('nbf') ? Math.max(0, numericDate(response, 'nbf') - tolerance) : 0;
  return { principal, notBeforeSeconds };
}
