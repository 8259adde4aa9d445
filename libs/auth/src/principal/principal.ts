/** A person or application that an identity provider's access token speaks for. */
export interface UserPrincipal {
  readonly kind: 'user';
  /** The token's `iss`, exactly as configured. */
  readonly issuer: string;
  /** The token's `sub`; unique within the issuer alone. */
  readonly sub: string;
  /** `${issuer}#${sub}`: one string that names the caller across issuers. See {@link subjectOf}. */
  readonly subject: string;
  /** Granted scopes, in the token's order, without repeats. */
  readonly scopes: readonly string[];
  /** The OAuth client that obtained the token (`client_id`, else `azp`), where the issuer says. */
  readonly clientId?: string;
  /**
   * Epoch second from which the token is refused: its `exp` plus the issuer's clock tolerance. A guard that
   * compares with it answers as the authorizer would, so that a cached result never outlives the token.
   */
  readonly expiresAtSeconds: number;
}

/** A workload that signed its request with IAM credentials (SigV4); the platform has verified the signature. */
export interface ServicePrincipal {
  readonly kind: 'service';
  /** The caller's ARN, as the platform gives it. */
  readonly arn: string;
  /** The caller's ARN again, so that every principal has a `subject`. */
  readonly subject: string;
  readonly accountId: string;
  /** What the API grants to this caller; IAM itself knows no scopes. */
  readonly scopes: readonly string[];
}

/** A client known by an API key alone. */
export interface ApiKeyPrincipal {
  readonly kind: 'api-key';
  /** The key's configured name; never the key. */
  readonly keyId: string;
  /** `api-key#${keyId}`. */
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** Who calls. Every kind has `subject` and `scopes`; a guard decides by `scopes`. */
export type Principal = UserPrincipal | ServicePrincipal | ApiKeyPrincipal;

/**
 * One string for an issuer's subject: `${issuer}#${sub}`. Unambiguous, since an issuer identifier has no
 * fragment (RFC 8414 section 2) and the configuration refuses one that has.
 */
export function subjectOf(issuer: string, sub: string): string {
  return `${issuer}#${sub}`;
}

/** The principal of `sub` at `issuer`; without `clientId`, it has no such member. */
export function userPrincipal(user: {
  readonly issuer: string;
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly clientId: string | undefined;
  readonly expiresAtSeconds: number;
}): UserPrincipal {
  const { issuer, sub, scopes, clientId, expiresAtSeconds } = user;
  const subject = subjectOf(issuer, sub);
  // Written out, since this is on every token's way: a spread of an optional member costs more than all other members.
  return clientId === undefined
    ? { kind: 'user', issuer, sub, subject, scopes, expiresAtSeconds }
    : { kind: 'user', issuer, sub, subject, scopes, expiresAtSeconds, clientId };
}

/** The principal of a caller that IAM authenticated. `scopes` are the ones that the API's owner grants to it. */
export function servicePrincipal(caller: {
  readonly arn: string;
  readonly accountId: string;
  readonly scopes: readonly string[];
}): ServicePrincipal {
  return {
    kind: 'service',
    arn: caller.arn,
    subject: caller.arn,
    accountId: caller.accountId,
    scopes: [...caller.scopes],
  };
}

/** The principal of the client that holds the API key named `keyId`. */
export function apiKeyPrincipal(keyId: string, scopes: readonly string[]): ApiKeyPrincipal {
  return { kind: 'api-key', keyId, subject: `api-key#${keyId}`, scopes: [...scopes] };
}

/**
 * Whether the principal's credential has run out at `nowSeconds` (epoch seconds). The deadline itself counts
 * as expired: "on or after" (RFC 7519 section 4.1.4). Services and API keys do not expire by themselves.
 */
export function isExpired(principal: Principal, nowSeconds: number): boolean {
  return principal.kind === 'user' && nowSeconds >= principal.expiresAtSeconds;
}
