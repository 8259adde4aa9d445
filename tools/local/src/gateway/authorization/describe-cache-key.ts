import { createHash } from 'node:crypto';

/** One identity source of an authorizer and what the request holds there. */
export interface IdentityValue {
  /** As it was declared: `$request.header.Authorization`. */
  readonly source: string;
  readonly value: string;
}

/**
 * A cache key that may be shown: each source with the first 8 digits of its value's SHA-256. The values themselves are
 * credentials more often than not.
 */
export function describeCacheKey(identity: readonly IdentityValue[]): string {
  return identity
    .map(({ source, value }) => `${source}#${createHash('sha256').update(value).digest('hex').slice(0, 8)}`)
    .join(',');
}

/** The exact key: values with their lengths, so that no two lists meet. */
export function toCacheKey(identity: readonly IdentityValue[]): string {
  return identity.map(({ value }) => `${value.length}:${value}`).join('');
}
