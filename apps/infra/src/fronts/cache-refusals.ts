import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import type { Problem } from '../errors.ts';

/** What tells one caller from another in a cache's key. */
const CALLER_KEYS = ['header.authorization'];

/**
 * Operations that the cache would answer to one caller with what it learnt for another. The answer to anything but a public
 * operation depends on the caller: the handler's guard, which a cached answer passes by, decides by scope and owner.
 */
export function cacheRefusals({ cache }: Environment, operations: readonly Operation[]): readonly Problem[] {
  if (cache === undefined) return [];
  return operations.flatMap((operation) => {
    if (operation.cache === undefined) return [];
    if (operation.method !== 'GET') {
      return [
        {
          at: operation.id,
          message: `caches ${operation.method}, which is not safe; only GET may be cached`,
        },
      ];
    }
    const keys = operation.cache.keys.map((key) => key.toLowerCase());
    if (operation.access.kind === 'public' || CALLER_KEYS.some((key) => keys.includes(key))) return [];
    return [
      {
        at: operation.id,
        message: `answers differently to each caller: add ${CALLER_KEYS.join(' or ')} to cache.keys, or cache nothing`,
      },
    ];
  });
}
