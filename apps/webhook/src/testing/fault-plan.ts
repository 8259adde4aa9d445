/** When a call of a dependency fails: before anything happened, or after, so that only its answer is lost. */
export type FaultMode = 'before' | 'after';

/** Makes the n-th call of any dependency fail, and counts all of them. */
export class FaultPlan {
  calls = 0;
  readonly #failAt: number | undefined;
  readonly #mode: FaultMode;

  /** @param failAt counts from 1; none fails without it. */
  constructor(failAt?: number, mode: FaultMode = 'before') {
    this.#failAt = failAt;
    this.#mode = mode;
  }

  async run<T>(call: () => Promise<T> | T): Promise<T> {
    const fails = ++this.calls === this.#failAt;
    if (fails && this.#mode === 'before') throw new Error('The dependency failed');
    const result = await call();
    if (fails) throw new Error('The dependency’s answer was lost');
    return result;
  }
}
