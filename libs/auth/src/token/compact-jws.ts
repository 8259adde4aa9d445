import { AuthError } from '../errors.ts';
import { assertB64Token } from './bearer-token.ts';
import { decodeText } from './decode-text.ts';
import { parseJsonObject, type JsonObject } from './json-object.ts';
import { createRecentMap } from './recent-map.ts';
import { parseTokenHeader, type TokenHeader } from './token-header.ts';

/** A compact JWS, taken apart; nothing in it is verified yet. */
export interface CompactJws {
  readonly header: TokenHeader;
  readonly parts: JwsParts;
}

/** The three parts as they are written, in canonical base64url, by their names in RFC 7515 section 7.2.2. */
export interface JwsParts {
  readonly protected: string;
  readonly payload: string;
  readonly signature: string;
}

const PARTS = 3;
/** Base64url digits in each part: no padding, no white space, no plain base64 (RFC 7515 sections 2 and 7.1). */
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]+)$/;

/**
 * The last digit of a text whose length leaves so many digits over: its unused bits must be zero (RFC 4648 section 3.5), or one value would have
 * several spellings. One digit alone encodes nothing.
 */
const LAST_DIGIT = [/[^]?/, /(?!)/, /[AQgw]/, /[AEIMQUYcgkosw048]/] as const;

/**
 * Reads a compact JWS strictly: three parts in canonical base64url, of which the payload alone may be empty, and a header that {@link parseTokenHeader} accepts. One signature
 * has one spelling here, so that a token's text identifies it.
 *
 * @throws AuthError `AUTH_HEADER_MALFORMED` for what is no bearer token at all; `AUTH_TOKEN_MALFORMED` or `AUTH_TOKEN_JSON`, with the part or rule that is broken; and
 * what {@link parseTokenHeader} throws.
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1
 */
export function readCompactJws(token: string): CompactJws {
  const parts = COMPACT.exec(token);
  if (parts === null) {
    assertB64Token(token);
    const detail = token.split('.', PARTS + 1).length === PARTS ? 'digits' : 'parts';
    throw new AuthError('AUTH_TOKEN_MALFORMED', { detail });
  }
  // Each group takes part in every match.
  const { 1: header, 2: payload, 3: signature } = parts as unknown as [string, string, string, string];
  assertCanonical(signature, 'signature');
  assertCanonical(payload, 'payload');
  return { header: readHeader(header), parts: { protected: header, payload, signature } };
}

/**
 * The claims in the payload: a JSON object in UTF-8 with unique members (RFC 7519 section 4).
 * @throws AuthError `AUTH_TOKEN_JSON`.
 */
export function parseClaims({ parts }: CompactJws): JsonObject {
  return parseObject(parts.payload, 'payload');
}

/** Accepted headers by their text: the tokens of one key share it. */
const knownHeaders = createRecentMap<TokenHeader>(64);

function readHeader(text: string): TokenHeader {
  const known = knownHeaders.get(text);
  if (known !== undefined) return known;
  assertCanonical(text, 'header');
  const header = parseTokenHeader(parseObject(text, 'header'));
  knownHeaders.set(text, header);
  return header;
}

function parseObject(digits: string, part: string): JsonObject {
  const text = decodeText(digits);
  const object = text === undefined ? undefined : parseJsonObject(text);
  if (object === undefined) throw new AuthError('AUTH_TOKEN_JSON', { detail: part });
  return object;
}

function assertCanonical(digits: string, part: string): void {
  const lastDigit = LAST_DIGIT[(digits.length % 4) as 0 | 1 | 2 | 3];
  if (!lastDigit.test(digits.charAt(digits.length - 1))) {
    throw new AuthError('AUTH_TOKEN_MALFORMED', { detail: part });
  }
}
