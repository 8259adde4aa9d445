import type { IntrospectionConfig } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import { userPrincipal, type UserPrincipal } from '../principal/principal.ts';
import {
  assertAudience,
  assertUnbound,
  clientOf,
  numericDate,
  optionalText,
  scopesOf,
  subjectClaim,
} from '../token/token-claims.ts';
import { ownMember, type JsonObject } from '../token/json-object.ts';

/** An active token, as its issuer describes it. */
export interface IntrospectedToken {
  readonly principal: UserPrincipal;
  readonly notBeforeSeconds: number;
  /** `jti`, where there is one. */
  readonly tokenId: string | undefined;
}

/**
 * Judges an introspection response (RFC 7662 section 2.2). Only `active: true` counts. `iss` and `exp` are optional there: an issuer
 * that is named must be the configured one, and a token without expiry is good for the cache's time. A token without `sub` (client
 * credentials) speaks for its client. A token of another type than Bearer, or bound to a key, is none that a bearer may present.
 *
 * @throws AuthError `AUTH_TOKEN_INACTIVE`, `AUTH_TOKEN_TYPE`, or what {@link acceptClaims} throws for the like claim.
 */
export function acceptIntrospection(
  response: JsonObject,
  config: IntrospectionConfig,
  nowSeconds: number,
): IntrospectedToken {
  if (ownMember(response, 'active') !== true) throw new AuthError('AUTH_TOKEN_INACTIVE');
  const iss = ownMember(response, 'iss');
  if (iss !== undefined && iss !== config.issuer) throw new AuthError('AUTH_TOKEN_ISSUER');
  assertBearer(ownMember(response, 'token_type'));
  assertUnbound(response);
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
  return { principal, notBeforeSeconds, tokenId: optionalText(response, 'jti') };
}

/** RFC 7662 section 2.2: the type as at the token endpoint, where case does not matter (RFC 6749 section 5.1). */
function assertBearer(tokenType: unknown): void {
  const isBearer = typeof tokenType === 'string' && tokenType.toLowerCase() === 'bearer';
  if (tokenType !== undefined && !isBearer) throw new AuthError('AUTH_TOKEN_TYPE', { detail: 'token_type' });
}
