/** Counts invocations that run at once against a limit. */
export class Concurrency {
  readonly limit: number;
  /** Why an invocation beyond the limit is refused, by Lambda's own names. */
  readonly throttleReason: string;
  #running = 0;

  constructor(limit: number, throttleReason: string) {
    this.limit = limit;
    this.throttleReason = throttleReason;
  }

  /** Takes a place, if there is one. */
  tryAcquire(): boolean {
    if (this.#running >= this.limit) return false;
    this.#running++;
    return true;
  }

  release(): void {
    this.#running--;
  }
}
