/** What a path may have as it is (RFC 3986 3.3: pchar and `/`). */
const NOT_IN_PATH = /[^\w\-.~!$&'()*+,;=:@/%]+/g;
const NOT_IN_DECODED_PATH = /[^\w\-.~!$&'()*+,;=:@/]+/g;

/** UTF-8 bytes as `%XX`; a lone surrogate becomes U+FFFD, where encodeURIComponent would throw. */
function encodeText(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** A path that a front has decoded, encoded again; `%` too, since it stands for itself there. */
export function encodeDecodedPath(path: string): string {
  return path.replace(NOT_IN_DECODED_PATH, encodeText);
}

/** A path as it was sent, with whatever cannot stand in a path encoded. */
export function encodePath(path: string): string {
  return path.replace(NOT_IN_PATH, encodeText);
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
