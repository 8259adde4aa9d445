import { AuthError } from '../errors.ts';

/** `Bearer` and spaces (RFC 6750 section 2.1); the scheme's case does not matter (RFC 9110 section 11.1). */
const SCHEME = /^[Bb][Ee][Aa][Rr][Ee][Rr] +/;
/** The token after it (RFC 6750 section 2.1). */
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
/** The scheme and the spaces after it are short; what is longer need not be looked at. */
const SCHEME_ROOM = 16;

/**
 * The token of the request's one Authorization value. Its digits are not looked at yet: who reads it holds it to {@link assertB64Token}, or to a grammar
 * within that one.
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

  const scheme = SCHEME.exec(value)?.[0];
  if (scheme === undefined) throw new AuthError('AUTH_HEADER_MALFORMED');
  const token = value.slice(scheme.length);
  if (token.length > maxTokenBytes) {
    assertB64Token(token);
    throw new AuthError('AUTH_TOKEN_TOO_LARGE');
  }
  return token;
}

/**
 * Holds a token to the grammar of all bearer tokens.
 * @throws AuthError `AUTH_HEADER_MALFORMED`.
 */
export function assertB64Token(token: string): void {
  if (!B64TOKEN.test(token)) throw new AuthError('AUTH_HEADER_MALFORMED');
}
