import { AuthError } from '../errors.ts';

/** `Bearer`, spaces, one b64token (RFC 6750 section 2.1); the scheme's case does not matter (RFC 9110 section 11.1). */
const BEARER = /^[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9\-._~+/]+=*)$/;
/** The scheme and the spaces after it are short; what is longer need not be looked at. */
const SCHEME_ROOM = 16;

/**
 * The token of the request's one Authorization value.
 *
 * @param values every Authorization value that the request carries, however its name is spelled.
 * @throws AuthError `AUTH_HEADER_MISSING`, `AUTH_HEADER_AMBIGUOUS` (several, even equal ones), `AUTH_TOKEN_TOO_LARGE`
 * (before anything reads the text) or `AUTH_HEADER_MALFORMED`.
 */
export function bearerToken(values: readonly string[], maxTokenBytes: number): string {
  const value = values[0];
  if (value === undefined) throw new AuthError('AUTH_HEADER_MISSING');
  if (values.length > 1) throw new AuthError('AUTH_HEADER_AMBIGUOUS');
  if (value.length > maxTokenBytes + SCHEME_ROOM) throw new AuthError('AUTH_TOKEN_TOO_LARGE');

  const token = BEARER.exec(value)?.[1];
  if (token === undefined) throw new AuthError('AUTH_HEADER_MALFORMED');
  if (token.length > maxTokenBytes) throw new AuthError('AUTH_TOKEN_TOO_LARGE');
  return token;
}
