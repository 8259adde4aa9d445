import { badRequest } from '../../problem/bad-request.ts';

/** An sf-string (RFC 8941 3.3.3), as the draft has it. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;
/** What clients of older APIs send: a bare UUID or token. */
const BARE = /^[\w-]{1,255}$/;

/**
 * The key of an Idempotency-Key header; quoted and bare forms of one key are the same key. Throws a problem (400,
 * HTTP_IDEMPOTENCY_KEY_INVALID).
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ section 2.1
 */
export function parseIdempotencyKey(header: string): string {
  const value = header.trim();
  const quoted = QUOTED.exec(value)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(["\\])/g, '$1');
  if (BARE.test(value)) return value;
  throw badRequest(
    'HTTP_IDEMPOTENCY_KEY_INVALID',
    'Idempotency-Key takes one quoted string of 1 to 255 printable characters.',
  );
}
