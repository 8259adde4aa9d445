import { type JWK, SignJWT, importJWK } from 'jose';

/** An environment's own issuer: what the authorizer checks a token against. */
export interface DevelopmentIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** The signing key, an HS256 JWK (`kty` oct). */
  readonly key: JWK;
}

export interface TokenClaims {
  readonly sub: string;
  /** Space-separated (RFC 8693, 4.2). */
  readonly scope: string;
  /** Default 3600. */
  readonly lifetimeSeconds?: number;
}

/**
 * Signs an access token in the form of RFC 9068 (`typ` at+jwt; iss, sub, aud, iat, exp, jti, client_id, scope).
 *
 * @param nowSeconds the time of issue, in seconds since the epoch.
 */
export async function mintToken(
  { issuer, audience, key }: DevelopmentIssuer,
  { sub, scope, lifetimeSeconds = 3600 }: TokenClaims,
  nowSeconds: number,
): Promise<string> {
  return new SignJWT({ scope, client_id: 'gatehouse-development' })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setJti(crypto.randomUUID())
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(await importJWK(key, 'HS256'));
}
