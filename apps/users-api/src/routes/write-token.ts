import { createHash } from 'node:crypto';
import type { Principal } from '@gatehouse/auth';
import type { HttpRequest } from '@gatehouse/http';

/**
 * A name for what this caller creates under this Idempotency-Key, the same each time it is sent; `undefined` without that
 * header. 36 characters.
 */
export function writeTokenOf(request: HttpRequest, { subject }: Principal): string | undefined {
  // Quoted or bare, it is the same key (draft-ietf-httpapi-idempotency-key-header 2.1).
  const key = request
    .header('idempotency-key')
    ?.trim()
    .replace(/^"(.*)"$/, '$1');
  return key === undefined
    ? undefined
    : createHash('sha256')
        .update(JSON.stringify([subject, key]))
        .digest('base64url')
        .slice(0, 36);
}
