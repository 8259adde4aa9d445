/** Remembers authorizers' answers for their TTL, newest kept when full. */
export interface ResultCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, ttlSeconds: number): void;
}

/** Far more callers than a laptop has; what is beyond is asked again. */
const DEFAULT_CAPACITY = 10_000;

/** @param clock epoch milliseconds. */
export function createResultCache<Value>(
  clock: () => number,
  capacity = DEFAULT_CAPACITY,
): ResultCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly expiresAtMs: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expiresAtMs > clock()) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, ttlSeconds) {
      entries.delete(key);
      entries.set(key, { value, expiresAtMs: clock() + ttlSeconds * 1000 });
      const oldest = entries.size > capacity ? entries.keys().next() : undefined;
      if (oldest !== undefined && oldest.done !== true) entries.delete(oldest.value);
    },
  };
}
