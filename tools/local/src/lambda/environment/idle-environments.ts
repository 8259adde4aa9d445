import type { ExecutionEnvironment } from './execution-environment.ts';

/**
 * Environments that wait for an invocation, the one used last on top: under a steady load the same few work and the
 * others grow old enough to end.
 */
export class IdleEnvironments {
  readonly #stack: { readonly environment: ExecutionEnvironment; readonly since: number }[] = [];

  get size(): number {
    return this.#stack.length;
  }

  put(environment: ExecutionEnvironment): void {
    this.#stack.push({ environment, since: performance.now() });
  }

  /** The one used last that can still take an invocation. */
  take(): ExecutionEnvironment | undefined {
    for (let entry = this.#stack.pop(); entry !== undefined; entry = this.#stack.pop())
      if (entry.environment.idle) return entry.environment;
    return undefined;
  }

  remove(environment: ExecutionEnvironment): void {
    const index = this.#stack.findIndex((entry) => entry.environment === environment);
    if (index !== -1) this.#stack.splice(index, 1);
  }

  /** Takes out what has been idle for so long, but leaves the one used last. */
  takeOlderThan(ageMs: number): ExecutionEnvironment[] {
    const before = performance.now() - ageMs;
    const old = this.#stack.slice(0, -1).filter((entry) => entry.since <= before);
    for (const { environment } of old) this.remove(environment);
    return old.map((entry) => entry.environment);
  }
}
