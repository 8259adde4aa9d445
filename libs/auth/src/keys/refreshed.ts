/** Milliseconds since the epoch, as `Date.now`. */
export type Clock = () => number;

/** How long a loaded value serves. */
export interface RefreshPolicy {
  /** Younger than this, it is used without a look at the source. */
  readonly maxAgeMs: number;
  /** While the source is down, an older value serves up to this age. */
  readonly maxStaleMs: number;
  /** The least time between two looks that are not due by age while a value serves: forced ones, and those after a failure. */
  readonly cooldownMs: number;
  /** The least time from a failed look to the next while nothing usable is held, and so every caller fails. */
  readonly retryMs: number;
}

/** A value that is read from elsewhere, held, and read again when due. */
export interface Refreshed<T> {
  /** The value; a look at the source when it is due. Rejects with the source's error when nothing usable is held. */
  readonly get: () => Promise<T>;
  /**
   * The value as the source has it now: by a look even when none is due, but at most one per cool-down. Rejects with the source's
   * error when that look fails, or the last one did, although `get` may still serve: what is held need not be what the source has.
   */
  readonly refresh: () => Promise<T>;
  /** The value if it is fresh, without a look. */
  readonly peek: () => T | undefined;
  /** Makes the value due now, because of what was learned elsewhere. It serves on while the source is down. */
  readonly expire: () => void;
}

/**
 * Holds what `load` gives. Concurrent callers share one load (single flight). After a failed load the old
 * value serves those who `get`, up to `maxStaleMs` of age, else the failure does; the load is repeated after `cooldownMs`, or after
 * `retryMs` when nothing serves.
 *
 * @param load gets the value before, so that unchanged parts can keep their identity.
 */
export function createRefreshed<T>(
  load: (before: T | undefined) => Promise<T>,
  policy: RefreshPolicy,
  clock: Clock,
): Refreshed<T> {
  let held: { readonly value: T; readonly atMs: number } | undefined;
  let failure: { readonly error: unknown; readonly atMs: number } | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let inFlight: Promise<void> | undefined;

  const youngerThan = (ageMs: number) =>
    held !== undefined && clock() - held.atMs < ageMs ? held : undefined;
  const fresh = () => youngerThan(policy.maxAgeMs);
  const usable = () => (failure === undefined ? held : youngerThan(policy.maxStaleMs));
  const isCooling = (): boolean =>
    failure !== undefined && usable() === undefined
      ? clock() - failure.atMs < policy.retryMs
      : clock() - lookedAtMs < policy.cooldownMs;

  async function look(): Promise<void> {
    lookedAtMs = clock();
    try {
      const value = await load(held?.value);
      held = { value, atMs: clock() };
      failure = undefined;
    } catch (error) {
      failure = { error, atMs: clock() };
    } finally {
      inFlight = undefined;
    }
  }

  function lookOnce(): Promise<void> {
    inFlight ??= look();
    return inFlight;
  }

  function latest(): T {
    if (held === undefined || failure !== undefined) throw failure?.error;
    return held.value;
  }

  return {
    async get() {
      const freshNow = fresh();
      if (freshNow !== undefined) return freshNow.value;
      if (failure === undefined || !isCooling()) await lookOnce();
      const usableNow = usable();
      return usableNow === undefined ? latest() : usableNow.value;
    },
    async refresh() {
      const isAnswered = failure !== undefined || fresh() !== undefined;
      if (inFlight !== undefined || !isAnswered || !isCooling()) await lookOnce();
      return latest();
    },
    peek() {
      return fresh()?.value;
    },
    expire() {
      if (held === undefined) return;
      held = { value: held.value, atMs: Math.min(held.atMs, clock() - policy.maxAgeMs) };
    },
  };
}
