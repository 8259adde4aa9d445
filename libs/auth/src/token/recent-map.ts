/**
 * A bounded map that forgets what was not used lately. Two generations: a full young one becomes the old one, and what is
 * read from the old one moves to the young. So an entry used at least once per `capacity / 2` new ones stays, and every step is one
 * or two look-ups.
 */
export interface RecentMap<T> {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
  readonly delete: (key: string) => void;
  /** Entries held now; never above the capacity. */
  readonly size: () => number;
}

/** Makes a {@link RecentMap} of at most `capacity` entries. A capacity below 2 holds nothing. */
export function createRecentMap<T>(capacity: number): RecentMap<T> {
  const generationSize = Math.floor(capacity / 2);
  let young = new Map<string, T>();
  let old = new Map<string, T>();

  function set(key: string, value: T): void {
    if (generationSize === 0) return;
    old.delete(key);
    if (young.size >= generationSize && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
    size: () => young.size + old.size,
  };
}
