/** Milliseconds since the epoch, as `Date.now`. */
export type Clock = () => number;

/** How long a loaded value serves. */
export interface RefreshPolicy {
  /** Younger than this, it is used without a look at the source. */
  readonly maxAgeMs: number;
  /** While the source is down, an older value serves up to this age. */
  readonly maxStaleMs: number;
  /** The least time between two looks that are not due by age: forced ones, and those after a failure. */
  readonly cooldownMs: number;
}

/** A value that is read from elsewhere, held, and read again when due. */
export interface Refreshed<T> {
  /** The value; a look at the source when it is due. Rejects with the source's error when nothing usable is held. */
  readonly get: () => Promise<T>;
  /** A look at the source even when it is not due, but at most one per cool-down; else as `get`. */
  readonly refresh: () => Promise<T>;
  /** The value if it is fresh, without a look. */
  readonly peek: () => T | undefined;
}

/**
 * Holds what `load` gives. Concurrent callers share one load (single flight). A failed load is not repeated
 * within the cool-down; meanwhile the old value serves, up to `maxStaleMs` of age, else the failure does.
 *
 * @param load gets the value before, so that unchanged parts can keep their identity.
 */
export function createRefreshed<T>(
  load: (before: T | undefined) => Promise<T>,
  policy: RefreshPolicy,
  clock: Clock,
): Refreshed<T> {
  let held: { readonly value: T; readonly atMs: number } | undefined;
  let failure: { readonly error: unknown } | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let inFlight: Promise<T> | undefined;

  const youngerThan = (ageMs: number) =>
    held !== undefined && clock() - held.atMs < ageMs ? held : undefined;
  const isCooling = (): boolean => clock() - lookedAtMs < policy.cooldownMs;

  async function look(): Promise<T> {
    lookedAtMs = clock();
    try {
      const value = await load(held?.value);
      held = { value, atMs: clock() };
      failure = undefined;
    } catch (error) {
      failure = { error };
    } finally {
      inFlight = undefined;
    }
    return usable();
  }

  function usable(): T {
    const usableNow = failure === undefined ? held : youngerThan(policy.maxStaleMs);
    if (usableNow === undefined) throw failure?.error;
    return usableNow.value;
  }

  function lookOnce(): Promise<T> {
    inFlight ??= look();
    return inFlight;
  }

  return {
    async get() {
      const fresh = youngerThan(policy.maxAgeMs);
      if (fresh !== undefined) return fresh.value;
      return failure !== undefined && isCooling() ? usable() : lookOnce();
    },
    async refresh() {
      return inFlight === undefined && isCooling() ? usable() : lookOnce();
    },
    peek() {
      return youngerThan(policy.maxAgeMs)?.value;
    },
  };
}
