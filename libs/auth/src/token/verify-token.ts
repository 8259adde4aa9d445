import { compactVerify } from 'jose/jws/compact/verify';
import type { AuthConfig, IssuerConfig } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import type { Clock } from '../keys/refreshed.ts';
import type { UserPrincipal } from '../principal/principal.ts';
import { bearerToken } from './bearer-token.ts';
import { parseCompactJws } from './compact-jws.ts';
import { ownMember } from './json-object.ts';
import { acceptClaims } from './token-claims.ts';
import { parseTokenHeader, type TokenHeader } from './token-header.ts';

/** What a token verifier works with. */
export interface TokenVerifierDependencies {
  /** The keys of one configured issuer; asked once per issuer, when the verifier is made. */
  readonly keysOf: (issuer: IssuerConfig) => KeySource;
  readonly clock: Clock;
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

/**
 * Makes a verifier of bearer tokens. Everything that needs no key is checked first; the issuer then decides which
 * algorithms and keys may be tried at all, so that a token never chooses how it is verified.
 */
export function createTokenVerifier(
  config: AuthConfig,
  dependencies: TokenVerifierDependencies,
): TokenVerifier {
  const trusted = new Map(
    config.issuers.map((issuer) => [issuer.issuer, { issuer, keys: dependencies.keysOf(issuer) }]),
  );
  const revoked = new Set(config.revokedTokenIds);

  return {
    async verify(authorization) {
      const token = bearerToken(authorization, config.maxTokenBytes);
      const jws = parseCompactJws(token);
      const header = parseTokenHeader(jws.header);
      const iss = ownMember(jws.payload, 'iss');
      const entry = typeof iss === 'string' ? trusted.get(iss) : undefined;
      if (entry === undefined) throw new AuthError('AUTH_TOKEN_ISSUER');
      assertAccepted(header, entry.issuer);

      await verifySignature(token, header, entry.keys);
      const nowSeconds = Math.floor(dependencies.clock() / 1000);
      const accepted = acceptClaims(jws.payload, entry.issuer, nowSeconds);
      if (accepted.tokenId !== undefined && revoked.has(accepted.tokenId))
        throw new AuthError('AUTH_TOKEN_REVOKED');
      return accepted.principal;
    },
  };
}

function assertAccepted(header: TokenHeader, issuer: IssuerConfig): void {
  if (!issuer.algorithms.includes(header.alg))
    throw new AuthError('AUTH_TOKEN_ALGORITHM', { detail: 'issuer' });
  if (!issuer.typ.includes(header.typ ?? null)) throw new AuthError('AUTH_TOKEN_TYPE', { detail: 'typ' });
}

/** Tries the issuer's keys for this header, at most a handful; then those that a further look brings. */
async function verifySignature(
  token: string,
  header: TokenHeader,
  source: KeySource,
): Promise<VerificationKey> {
  const selector = { algorithm: header.alg, kid: header.kid };
  const known = await source.find(selector);
  const further = async (): Promise<VerificationKey | undefined> =>
    firstThatVerifies(token, await source.findFurther(selector));
  const key = (await firstThatVerifies(token, known)) ?? (await further());
  if (key === undefined) {
    throw new AuthError(known.length === 0 ? 'AUTH_TOKEN_KEY_UNKNOWN' : 'AUTH_TOKEN_SIGNATURE');
  }
  return key;
}

async function firstThatVerifies(
  token: string,
  keys: readonly VerificationKey[],
): Promise<VerificationKey | undefined> {
  for (const key of keys) {
    if (await isSignedBy(token, key)) return key;
  }
  return undefined;
}

async function isSignedBy(token: string, key: VerificationKey): Promise<boolean> {
  try {
    await compactVerify(token, key.cryptoKey, { algorithms: [key.algorithm] });
    return true;
  } catch {
    return false;
  }
}
