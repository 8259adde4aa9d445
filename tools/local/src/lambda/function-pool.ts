import type { Concurrency } from './concurrency.ts';
import {
  ExecutionEnvironment,
  type EnvironmentBlueprint,
  type InitFailure,
  type InvocationJob,
} from './environment/execution-environment.ts';
import { IdleEnvironments } from './environment/idle-environments.ts';
import { exitErrorDocument } from './error-document.ts';
import type { InvocationOutcome } from './function-invoker.ts';

export interface FunctionPoolOptions {
  readonly warmSpare: boolean;
  readonly idleTimeoutMs: number;
  readonly initTimeoutMs: number;
  readonly eagerEnvironments: number;
}

/** An invocation that waits for an environment. */
interface Waiting {
  readonly job: InvocationJob;
  readonly resolve: (outcome: InvocationOutcome) => void;
  readonly since: number;
  /** Its environment's init phase timed out once: the next one initialises on the function's own time. */
  initTimedOut: boolean;
}

/** When no call has ended for so long, the environments are blocked, not just short of a processor: another one helps. */
const PATIENCE_MS = 100;
/** Nobody waits for longer than this without another environment being started. */
const MAX_PATIENCE_MS = 1000;
/** A spare starts after the invocation that took the last one, not beside it. */
const SPARE_DELAY_MS = 50;

/**
 * One function's execution environments. Starts them when calls wait, keeps a spare, ends the idle ones; a failing start
 * costs one call and is never repeated on its own.
 */
export class FunctionPool {
  readonly #blueprint: EnvironmentBlueprint;
  readonly #concurrency: Concurrency;
  readonly #options: FunctionPoolOptions;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #starting = new Set<ExecutionEnvironment>();
  readonly #idle = new IdleEnvironments();
  readonly #waiting: Waiting[] = [];
  /** When an environment was last done with a call. */
  #lastReadyAt = 0;
  #patience: NodeJS.Timeout | undefined;
  #spareTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(blueprint: EnvironmentBlueprint, concurrency: Concurrency, options: FunctionPoolOptions) {
    this.#blueprint = blueprint;
    this.#concurrency = concurrency;
    this.#options = options;
  }

  /** Runs one invocation in an environment of its own for as long as it takes. Never rejects. */
  async invoke(payload: string, traceHeader: string): Promise<InvocationOutcome> {
    if (this.#closed) return { kind: 'unavailable', reason: 'The host is closing' };
    if (!this.#concurrency.tryAcquire())
      return { kind: 'throttled', reason: this.#concurrency.throttleReason };
    try {
      const job = { requestId: this.#blueprint.ids(), payload, traceHeader };
      const environment = this.#idle.take();
      if (environment !== undefined) return await this.#run(environment, job);
      return await new Promise((resolve) => {
        this.#waiting.push({ job, resolve, since: performance.now(), initTimedOut: false });
        this.#scale();
      });
    } finally {
      this.#concurrency.release();
    }
  }

  /** Starts an environment when there is none, so that the first call finds it warm. */
  warmUp(): void {
    if (this.#all.size === 0 && this.#concurrency.limit > 0) this.#start();
  }

  /** Ends every environment; resolves when their processes are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#patience);
    clearTimeout(this.#spareTimer);
    clearInterval(this.#idleTimer);
    for (const { resolve } of this.#waiting.splice(0))
      resolve({ kind: 'unavailable', reason: 'The host is closing' });
    await Promise.all([...this.#all].map((environment) => environment.stop()));
  }

  async #run(environment: ExecutionEnvironment, job: InvocationJob): Promise<InvocationOutcome> {
    this.#keepSpare();
    return environment.invoke(job);
  }

  /** Starts what the waiting calls need: at once up to the eager number, later one by one. */
  #scale(): void {
    const missing = this.#waiting.length - this.#starting.size;
    const eager = Math.min(missing, this.#options.eagerEnvironments - this.#all.size);
    for (let started = 0; started < eager && this.#mayGrow(); started++) this.#start();
    if (this.#waiting.length > this.#starting.size && this.#mayGrow())
      this.#patience ??= setTimeout(() => this.#losePatience(), PATIENCE_MS);
  }

  #losePatience(): void {
    this.#patience = undefined;
    const oldest = this.#waiting[0];
    if (oldest === undefined) return;
    const now = performance.now();
    const isBlocked = now - this.#lastReadyAt >= PATIENCE_MS || now - oldest.since >= MAX_PATIENCE_MS;
    if (isBlocked && this.#waiting.length > this.#starting.size && this.#mayGrow()) this.#start();
    this.#scale();
  }

  #mayGrow(): boolean {
    return !this.#closed && this.#all.size < this.#concurrency.limit;
  }

  #start(initTimeoutMs = this.#options.initTimeoutMs): void {
    const environment = new ExecutionEnvironment(
      this.#blueprint,
      {
        onReady: (ready) => this.#onReady(ready),
        onEnded: (ended, failure) => this.#onEnded(ended, failure),
      },
      initTimeoutMs,
    );
    this.#all.add(environment);
    this.#starting.add(environment);
  }

  #onReady(environment: ExecutionEnvironment): void {
    if (!this.#starting.delete(environment)) this.#lastReadyAt = performance.now();
    const next = this.#waiting.shift();
    if (next !== undefined) {
      this.#run(environment, next.job).then(next.resolve, () => undefined);
      return;
    }
    this.#idle.put(environment);
    this.#idleTimer ??= setInterval(() => this.#endIdle(), this.#options.idleTimeoutMs / 2).unref();
  }

  #onEnded(environment: ExecutionEnvironment, failure: InitFailure | undefined): void {
    this.#all.delete(environment);
    this.#starting.delete(environment);
    this.#idle.remove(environment);
    if (this.#closed) return;
    if (failure !== undefined) this.#onInitFailure(environment, failure);
    if (this.#waiting.length > 0) this.#scale();
  }

  /** The call that has waited longest gets the failure; without one it is only logged. */
  #onInitFailure(environment: ExecutionEnvironment, failure: InitFailure): void {
    const { fn, log, clock } = this.#blueprint;
    const first = this.#waiting[0];
    if (failure.kind === 'timeout' && first !== undefined && !first.initTimedOut) {
      // Lambda runs the initialisation again within the invocation, on the function's timeout.
      first.initTimedOut = true;
      this.#start(fn.timeoutMs);
      return;
    }
    const outcome = initFailureOutcome(failure, first?.job.requestId ?? '', fn.timeoutMs);
    const { errorType, errorMessage } =
      outcome.kind === 'function-error'
        ? outcome
        : { errorType: 'Sandbox.Timedout', errorMessage: 'The initialisation took too long' };
    const origin = { at: clock(), functionName: fn.name, environmentId: environment.id };
    log?.({ kind: 'init-failed', ...origin, errorType, errorMessage });
    this.#waiting.shift()?.resolve(outcome);
  }

  /**
   * When a call takes the last idle environment, another one starts: for the call that comes while this one runs. Not
   * beyond the eager number, where a spare would only be used up by the load that it adds to.
   */
  #keepSpare(): void {
    if (!this.#options.warmSpare || this.#idle.size + this.#starting.size > 0) return;
    this.#spareTimer ??= setTimeout(() => {
      this.#spareTimer = undefined;
      const isCalm = this.#starting.size + this.#waiting.length === 0;
      if (isCalm && this.#all.size < this.#options.eagerEnvironments && this.#mayGrow()) this.#start();
    }, SPARE_DELAY_MS);
  }

  #endIdle(): void {
    for (const environment of this.#idle.takeOlderThan(this.#options.idleTimeoutMs)) void environment.stop();
  }
}

function initFailureOutcome(failure: InitFailure, requestId: string, timeoutMs: number): InvocationOutcome {
  switch (failure.kind) {
    case 'timeout':
      return { kind: 'timeout', requestId, timeoutMs };
    case 'exit':
      return { kind: 'function-error', requestId, ...exitErrorDocument(requestId, failure.exit) };
    case 'error':
      return { kind: 'function-error', requestId, ...failure.error };
  }
}
