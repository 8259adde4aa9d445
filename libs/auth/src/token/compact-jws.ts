import { isUtf8 } from 'node:buffer';
import { AuthError } from '../errors.ts';
import { parseJsonObject, type JsonObject } from './json-object.ts';

/** The readable parts of a compact JWS; nothing in them is verified yet. */
export interface CompactJws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/**
 * Reads a compact JWS strictly: three non-empty parts in canonical base64url, two of them JSON objects in UTF-8
 * with unique members. One signature has one spelling here, so that a token's text identifies it.
 *
 * @throws AuthError `AUTH_TOKEN_MALFORMED` or `AUTH_TOKEN_JSON`, with the part's name.
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1
 */
export function parseCompactJws(token: string): CompactJws {
  const [header, payload, signature, ...surplus] = token.split('.', 4);
  if (header === undefined || payload === undefined || signature === undefined || surplus.length > 0) {
    throw new AuthError('AUTH_TOKEN_MALFORMED', { detail: 'parts' });
  }
  decodeCanonical(signature, 'signature');
  return { header: decodeObject(header, 'header'), payload: decodeObject(payload, 'payload') };
}

function decodeObject(text: string, part: string): JsonObject {
  const bytes = decodeCanonical(text, part);
  const object = isUtf8(bytes) ? parseJsonObject(bytes.toString('utf8')) : undefined;
  if (object === undefined) throw new AuthError('AUTH_TOKEN_JSON', { detail: part });
  return object;
}

/** Node's decoder skips what it does not know; the way back gives it away (RFC 7515 section 2, RFC 4648 section 3.5). */
function decodeCanonical(text: string, part: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (text === '' || bytes.toString('base64url') !== text) {
    throw new AuthError('AUTH_TOKEN_MALFORMED', { detail: part });
  }
  return bytes;
}
