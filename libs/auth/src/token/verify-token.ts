import { hash } from 'node:crypto';
import type { AuthConfig, IssuerConfig } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import type { Introspector } from '../introspection/introspect.ts';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import type { Clock } from '../keys/refreshed.ts';
import type { UserPrincipal } from '../principal/principal.ts';
import { assertB64Token, bearerToken } from './bearer-token.ts';
import { parseClaims, readCompactJws, type CompactJws } from './compact-jws.ts';
import { ownMember, type JsonObject } from './json-object.ts';
import { createRecentMap } from './recent-map.ts';
import { acceptClaims, type AcceptedClaims } from './token-claims.ts';
import type { TokenHeader } from './token-header.ts';
import { verifySignature } from './verify-signature.ts';

/** What a token verifier works with. */
export interface TokenVerifierDependencies {
  /** The keys of one configured issuer; asked once per issuer, when the verifier is made. */
  readonly keysOf: (issuer: IssuerConfig) => KeySource;
  readonly clock: Clock;
  /** Asked about tokens that are no JWT, where the configuration has an introspection endpoint. */
  readonly introspector?: Introspector | undefined;
  /** Whether a token id (`jti`) is refused by now. Default: whether the configuration lists it. */
  readonly isRevoked?: (tokenId: string) => boolean;
  /** How many verified tokens are remembered. Default 1000; 0 remembers none. */
  readonly maxCachedTokens?: number;
}

export interface TokenVerifier {
  /**
   * Verifies the token of a request's one Authorization value.
   *
   * @param authorization every Authorization value of the request.
   * @throws AuthError `unauthenticated` for every fault of the token, `outage` when the issuer's keys cannot be had.
   */
  readonly verify: (authorization: readonly string[]) => Promise<UserPrincipal>;
}

interface TrustedIssuer {
  readonly issuer: IssuerConfig;
  readonly keys: KeySource;
}

interface UnverifiedToken {
  readonly jws: CompactJws;
  readonly claims: JsonObject;
  readonly entry: TrustedIssuer;
}

/** A token whose signature and claims were accepted once. */
interface VerifiedToken {
  readonly accepted: AcceptedClaims;
  readonly keys: KeySource;
  readonly key: VerificationKey;
}

const DEFAULT_MAX_CACHED_TOKENS = 1_000;
const JWS_PARTS = 3;

/**
 * Makes a verifier of bearer tokens. Everything that needs no key is checked first; the issuer then decides which
 * algorithms and keys may be tried at all, so that a token never chooses how it is verified.
 *
 * Verified tokens are remembered by their SHA-256. What can change later is asked again each time: the token's times, its
 * revocation, and whether its key is still the issuer's.
 */
export function createTokenVerifier(
  config: AuthConfig,
  dependencies: TokenVerifierDependencies,
): TokenVerifier {
  const trusted = new Map<unknown, TrustedIssuer>(
    config.issuers.map((issuer) => [issuer.issuer, { issuer, keys: dependencies.keysOf(issuer) }]),
  );
  const listed = new Set(config.revokedTokenIds);
  const { clock, introspector, isRevoked = (tokenId: string) => listed.has(tokenId) } = dependencies;
  const { maxCachedTokens = DEFAULT_MAX_CACHED_TOKENS } = dependencies;
  const verified = createRecentMap<VerifiedToken>(maxCachedTokens);

  /** What the token says, once everything that needs no key is in order. */
  function readToken(token: string): UnverifiedToken {
    const jws = readCompactJws(token);
    const claims = parseClaims(jws);
    const entry = trusted.get(ownMember(claims, 'iss'));
    if (entry === undefined) throw new AuthError('AUTH_TOKEN_ISSUER');
    assertAccepted(jws.header, entry.issuer);
    return { jws, claims, entry };
  }

  function assertNotRevoked({ tokenId }: Pick<AcceptedClaims, 'tokenId'>): void {
    if (tokenId !== undefined && isRevoked(tokenId)) throw new AuthError('AUTH_TOKEN_REVOKED');
  }

  async function verifyAnew(id: string, { jws, claims, entry }: UnverifiedToken): Promise<UserPrincipal> {
    const key = await verifySignature(jws, entry.keys);
    const accepted = acceptClaims(claims, entry.issuer, nowSeconds(clock));
    assertNotRevoked(accepted);
    verified.set(id, { accepted, keys: entry.keys, key });
    return accepted.principal;
  }

  async function introspected(token: string, { introspect }: Introspector): Promise<UserPrincipal> {
    const answer = await introspect(token);
    assertNotRevoked(answer);
    return answer.principal;
  }

  /** Throws what is refused at once; what takes longer is rejected. */
  function verifyOrThrow(authorization: readonly string[]): Promise<UserPrincipal> {
    const token = bearerToken(authorization, config.maxTokenBytes);
    if (introspector !== undefined && token.split('.', 4).length !== JWS_PARTS) {
      assertB64Token(token);
      return introspected(token, introspector);
    }

    const id = maxCachedTokens === 0 ? '' : hash('sha256', token, 'base64url');
    const known = verified.get(id);
    if (known !== undefined && isStillGood(known, nowSeconds(clock))) {
      assertNotRevoked(known.accepted);
      return Promise.resolve(known.accepted.principal);
    }
    return verifyAnew(id, readToken(token));
  }

  return {
    verify(authorization) {
      try {
        return verifyOrThrow(authorization);
      } catch (refusal) {
        return rejectSoon(refusal);
      }
    },
  };
}

/** Rejects once the caller has the promise: of one that is rejected before, Node keeps account as unhandled, which takes longer than the refusal itself. */
async function rejectSoon(refusal: unknown): Promise<never> {
  await Promise.resolve();
  throw refusal;
}

function nowSeconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}

/** What is no longer good is verified anew, which gives the reason. */
function isStillGood({ accepted, keys, key }: VerifiedToken, now: number): boolean {
  return now < accepted.principal.expiresAtSeconds && now >= accepted.notBeforeSeconds && keys.isCurrent(key);
}

function assertAccepted(header: TokenHeader, issuer: IssuerConfig): void {
  if (!issuer.algorithms.includes(header.alg)) {
    throw new AuthError('AUTH_TOKEN_ALGORITHM', { detail: 'issuer' });
  }
  if (!issuer.typ.includes(header.typ ?? null)) throw new AuthError('AUTH_TOKEN_TYPE', { detail: 'typ' });
}
