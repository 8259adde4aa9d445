/** Nearly every path is of these alone, and encoding would take several times as long. */
const PLAIN_PATH = /^[\w/.~-]*$/;

/** A path that a front has decoded, encoded again; `%` too, since it stands for itself there. */
export function encodeDecodedPath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  // encodeURI leaves what a path may have as it is (RFC 3986 3.3: pchar and `/`), and these two.
  return encodeText(path).replaceAll('?', '%3F').replaceAll('#', '%23');
}

/** A path as it was sent, with whatever cannot stand in a path encoded. */
export function encodePath(path: string): string {
  return encodeDecodedPath(path).replaceAll('%25', '%');
}

function encodeText(text: string): string {
  try {
    return encodeURI(text);
  } catch {
    // A lone surrogate, which becomes U+FFFD.
    return encodeURI(Buffer.from(text).toString());
  }
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
