import type { Algorithm } from '../token/algorithms.ts';
import type { IssuerEntry } from './issuer-profile.ts';

/** One issuer of JWT access tokens by RFC 9068. */
export interface GenericIssuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string;
  /** Default RS256 alone, which RFC 9068 section 2.1 makes every issuer support. */
  readonly algorithms?: readonly Algorithm[];
}

/**
 * Access tokens in the form of RFC 9068: `typ` at+jwt, `aud`, a space-separated `scope`.
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export function genericIssuer({
  issuer,
  jwksUri,
  audience,
  algorithms = ['RS256'],
}: GenericIssuer): IssuerEntry {
  return { issuer, algorithms: [...algorithms], jwksUri, typ: ['at+jwt'], audience: [audience] };
}
