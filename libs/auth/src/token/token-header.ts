import { AuthError } from '../errors.ts';
import { isAlgorithm, type Algorithm } from './algorithms.ts';
import { ownMember, type JsonObject } from './json-object.ts';

/** The header members that verification needs, their types checked. */
export interface TokenHeader {
  readonly alg: Algorithm;
  readonly kid: string | undefined;
  /** Lower case, without `application/`; undefined when absent. */
  readonly typ: string | undefined;
}

/**
 * Members that carry or point at keys (RFC 7515 sections 4.1.2-4.1.6), change what is signed (RFC 7797), mean another object
 * (JWE, nested JWT), or must be understood (`crit`). Any other unknown member is ignored (RFC 7515 section 4).
 */
const REFUSED_MEMBERS = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc', 'cty'] as const;

/** Visible ASCII: key ids of all known providers fit, control characters and look-alikes do not. */
const KID = /^[\x21-\x7e]{1,256}$/;

/**
 * Checks the unverified header of a token.
 * @throws AuthError `AUTH_TOKEN_HEADER_REFUSED`, `AUTH_TOKEN_ALGORITHM`, `AUTH_TOKEN_KID` or `AUTH_TOKEN_TYPE`.
 */
export function parseTokenHeader(header: JsonObject): TokenHeader {
  for (const name of REFUSED_MEMBERS) {
    if (Object.hasOwn(header, name)) throw new AuthError('AUTH_TOKEN_HEADER_REFUSED', { detail: name });
  }
  const alg = ownMember(header, 'alg');
  if (!isAlgorithm(alg)) throw new AuthError('AUTH_TOKEN_ALGORITHM', { detail: 'alg' });

  const kid = ownMember(header, 'kid');
  if (kid !== undefined && (typeof kid !== 'string' || !KID.test(kid))) {
    throw new AuthError('AUTH_TOKEN_KID', { detail: 'grammar' });
  }
  const typ = ownMember(header, 'typ');
  if (typ !== undefined && typeof typ !== 'string')
    throw new AuthError('AUTH_TOKEN_TYPE', { detail: 'form' });
  return { alg, kid, typ: typ === undefined ? undefined : mediaSubtype(typ) };
}

/** A `typ` for comparison: case does not matter and `application/` may be left out (RFC 7515 section 4.1.9). */
export function mediaSubtype(typ: string): string {
  return typ.toLowerCase().replace(/^application\/(?!.*\/)/, '');
}
