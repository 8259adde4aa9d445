/** What a string of structured fields may hold (RFC 8941 3.3.3), as long as the API takes it. */
const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/**
 * A key as its header carries it: quoted, `"` and `\` escaped (draft-ietf-httpapi-idempotency-key-header 2.1). Throws a TypeError for one
 * that cannot be: empty, longer than 255 characters, or of others than printable ASCII.
 */
export function quoteIdempotencyKey(key: string): string {
  if (!PRINTABLE.test(key)) {
    throw new TypeError('An idempotency key has 1 to 255 characters of printable ASCII.');
  }
  return `"${key.replace(/["\\]/g, String.raw`\$&`)}"`;
}
