/** What a path may have as it is (RFC 3986 3.3: pchar and `/`). */
const NOT_IN_PATH = /[^\w\-.~!$&'()*+,;=:@/%]+/gu;
const NOT_IN_DECODED_PATH = /[^\w\-.~!$&'()*+,;=:@/]+/gu;
const DECODED_PATH_IS_ENCODED = /^[\w\-.~!$&'()*+,;=:@/]*$/;
const PATH_IS_ENCODED = /^[\w\-.~!$&'()*+,;=:@/%]*$/;

/** UTF-8 bytes as `%XX`; a lone surrogate becomes U+FFFD, where encodeURIComponent would throw. */
function encodeBytes(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return encoded;
}

/** A path that a front has decoded, encoded again; `%` too, since it stands for itself there. */
export function encodeDecodedPath(path: string): string {
  return DECODED_PATH_IS_ENCODED.test(path) ? path : path.replace(NOT_IN_DECODED_PATH, encodeBytes);
}

/** A path as it was sent, with whatever cannot stand in a path encoded. */
export function encodePath(path: string): string {
  return PATH_IS_ENCODED.test(path) ? path : path.replace(NOT_IN_PATH, encodeBytes);
}

/** Decoded text, or `undefined` for a sequence that is not `%` and two digits, or not UTF-8. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
