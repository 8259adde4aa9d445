import type { IssuerConfig } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import { userPrincipal, type UserPrincipal } from '../principal/principal.ts';
import { isScope } from '../principal/scopes.ts';
import { ownMember, type JsonObject } from './json-object.ts';
import { createRecentMap } from './recent-map.ts';

/** What remains of a token once its claims are accepted. */
export interface AcceptedClaims {
  readonly principal: UserPrincipal;
  /** Epoch second before which the token is refused, its tolerance already taken off; 0 when it has no `nbf`. */
  readonly notBeforeSeconds: number;
  /** `jti`, where there is one. */
  readonly tokenId: string | undefined;
}

/** OpenID Connect Core section 2 bounds `sub` to 255 ASCII characters; none of them blank or a control here. */
const CLEAN_TEXT = /^[\x21-\x7e]{1,255}$/;

/**
 * Judges a token's claims by its issuer's entry: audience, token use, binding, subject, times, lifetime. The signature and `iss`
 * have been checked before.
 *
 * @throws AuthError `AUTH_TOKEN_AUDIENCE`, `AUTH_TOKEN_USE`, `AUTH_TOKEN_BOUND`, `AUTH_TOKEN_SUBJECT`, `AUTH_TOKEN_CLAIM` (a missing or mistyped
 * time or id), `AUTH_TOKEN_EXPIRED`, `AUTH_TOKEN_NOT_YET_VALID` or `AUTH_TOKEN_LIFETIME`.
 */
export function acceptClaims(claims: JsonObject, issuer: IssuerConfig, nowSeconds: number): AcceptedClaims {
  assertAudience(ownMember(claims, issuer.audienceClaim), issuer.audience);
  if (issuer.tokenUse !== undefined && ownMember(claims, 'token_use') !== issuer.tokenUse) {
    throw new AuthError('AUTH_TOKEN_USE');
  }
  assertUnbound(claims);
  const sub = subjectClaim(claims);
  const tokenId = optionalText(claims, 'jti');
  const times = acceptTimes(claims, issuer, nowSeconds);
  const principal = userPrincipal({
    issuer: issuer.issuer,
    sub,
    scopes: scopesOf(ownMember(claims, issuer.scopeClaim), issuer.scopeClaim),
    clientId: clientOf(claims),
    expiresAtSeconds: times.expiresAtSeconds,
  });
  return { principal, notBeforeSeconds: times.notBeforeSeconds, tokenId };
}

/** `sub`: 1 to 255 visible ASCII characters, fit for a principal id and a log line. */
export function subjectClaim(claims: JsonObject): string {
  const sub = ownMember(claims, 'sub');
  if (typeof sub !== 'string' || !CLEAN_TEXT.test(sub)) throw new AuthError('AUTH_TOKEN_SUBJECT');
  return sub;
}

/** A string, or a list of strings, one of which is ours (RFC 7519 section 4.1.3); compared as it is, case and all. */
export function assertAudience(claim: unknown, accepted: readonly string[]): void {
  const isOurs = (value: unknown): boolean => (accepted as readonly unknown[]).includes(value);
  const isAccepted = Array.isArray(claim) ? claim.every(isFilledText) && claim.some(isOurs) : isOurs(claim);
  if (!isAccepted) throw new AuthError('AUTH_TOKEN_AUDIENCE');
}

function isFilledText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

interface AcceptedTimes {
  readonly expiresAtSeconds: number;
  readonly notBeforeSeconds: number;
}

function acceptTimes(claims: JsonObject, issuer: IssuerConfig, nowSeconds: number): AcceptedTimes {
  const expiry = numericDate(claims, 'exp');
  const issuedAt = numericDate(claims, 'iat');
  const notBefore = ownMember(claims, 'nbf') === undefined ? undefined : numericDate(claims, 'nbf');
  const tolerance = issuer.clockToleranceSeconds;

  const expiresAtSeconds = expiry + tolerance;
  // "On or after" its time a token has expired (RFC 7519 section 4.1.4).
  if (nowSeconds >= expiresAtSeconds) throw new AuthError('AUTH_TOKEN_EXPIRED', { detail: 'exp' });
  if (issuedAt - tolerance > nowSeconds) throw new AuthError('AUTH_TOKEN_NOT_YET_VALID', { detail: 'iat' });
  const notBeforeSeconds = Math.max(0, (notBefore ?? 0) - tolerance);
  if (notBeforeSeconds > nowSeconds) throw new AuthError('AUTH_TOKEN_NOT_YET_VALID', { detail: 'nbf' });
  if (expiry - issuedAt > issuer.maxLifetimeSeconds) throw new AuthError('AUTH_TOKEN_LIFETIME');
  return { expiresAtSeconds, notBeforeSeconds: Math.max(notBeforeSeconds, issuedAt - tolerance) };
}

/**
 * A token that names a confirmation key (RFC 7800 section 3.1) is worth something with a proof of that key alone: as a bearer token it
 * must be refused (RFC 9449 section 7.2 for DPoP, RFC 8705 section 3 for certificates), since it may be stolen.
 */
export function assertUnbound(claims: JsonObject): void {
  if (ownMember(claims, 'cnf') !== undefined) throw new AuthError('AUTH_TOKEN_BOUND');
}

/** Epoch seconds as a safe, non-negative integer; fractions, which RFC 7519 section 2 lets a verifier meet, are refused. */
export function numericDate(claims: JsonObject, name: string): number {
  const value = ownMember(claims, name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new AuthError('AUTH_TOKEN_CLAIM', { detail: name });
  }
  return value;
}

/** Visible ASCII where the claim is there. */
export function optionalText(claims: JsonObject, name: string): string | undefined {
  const value = ownMember(claims, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !CLEAN_TEXT.test(value))
    throw new AuthError('AUTH_TOKEN_CLAIM', { detail: name });
  return value;
}

/** The client by RFC 9068 section 2.2 (`client_id`), else by OpenID Connect (`azp`) or Okta (`cid`); informative. */
export function clientOf(claims: JsonObject): string | undefined {
  for (const name of ['client_id', 'azp', 'cid']) {
    const value = ownMember(claims, name);
    if (typeof value === 'string' && CLEAN_TEXT.test(value)) return value;
  }
  return undefined;
}

/**
 * The granted scopes. `scope` is a space-separated string (RFC 8693 section 4.2); other claims, such as `scp`, may be a list as
 * well. What breaks the grammar of a scope grants nothing.
 */
export function scopesOf(claim: unknown, name: string): readonly string[] {
  if (typeof claim === 'string') return scopesOfText(claim);
  if (name !== 'scope' && Array.isArray(claim)) return [...new Set(claim.filter(isScope))];
  return [];
}

/** Scopes by their text: the tokens of one client share it. Frozen, since their principals share the list. */
const knownScopes = createRecentMap<readonly string[]>(64);

function scopesOfText(text: string): readonly string[] {
  const known = knownScopes.get(text);
  if (known !== undefined) return known;
  const scopes = Object.freeze([...new Set(text.split(' ').filter(isScope))]);
  knownScopes.set(text, scopes);
  return scopes;
}
