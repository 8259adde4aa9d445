import type { FunctionModel } from '../../model/app-model.ts';
import { errorDocument, exitErrorDocument, type ErrorDocument } from '../error-document.ts';
import type { FunctionLog, InvocationReport } from '../function-log.ts';
import type { InvocationOutcome } from '../function-invoker.ts';
import { RuntimeApi, type RuntimeResult } from '../runtime-api/runtime-api.ts';
import { environmentVariables } from './environment-variables.ts';
import { FunctionProcess, type ProcessExit } from './function-process.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { ProcessReaper } from './process-reaper.ts';

/** What all environments of a function have in common. */
export interface EnvironmentBlueprint {
  readonly fn: FunctionModel;
  readonly taskRoot: string;
  readonly nodeExecutable: string;
  readonly bootstrapFile: string;
  readonly region: string;
  readonly additionalVariables: Readonly<Record<string, string>>;
  readonly reaper: ProcessReaper;
  readonly log: FunctionLog | undefined;
  readonly clock: () => number;
  readonly ids: () => string;
}

/** Why an environment never got ready. */
export type InitFailure =
  | { readonly kind: 'error'; readonly error: ErrorDocument }
  | { readonly kind: 'exit'; readonly exit: ProcessExit }
  | { readonly kind: 'timeout' };

export interface EnvironmentListener {
  /** It waits for an invocation: initialised, or done with the last one. */
  onReady(environment: ExecutionEnvironment): void;
  /** It takes no invocation any more. `failure` when it never got ready. */
  onEnded(environment: ExecutionEnvironment, failure: InitFailure | undefined): void;
}

/** One invocation for an environment. */
export interface InvocationJob {
  readonly requestId: string;
  readonly payload: string;
  readonly traceHeader: string;
}

interface RunningJob {
  readonly requestId: string;
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (outcome: InvocationOutcome) => void;
}

/** How long a runtime that has lost its connection may take to ask again. */
const POLL_GRACE_MS = 1000;

/**
 * One execution environment: a process of its own and the Runtime API that it alone reaches. Runs one invocation at a
 * time; a timeout or a crash ends it for good.
 */
export class ExecutionEnvironment {
  readonly id: string;
  readonly #blueprint: EnvironmentBlueprint;
  readonly #listener: EnvironmentListener;
  readonly #createdAt = performance.now();
  #api: RuntimeApi | undefined;
  #process: FunctionProcess | undefined;
  #memory: MemoryWatch | undefined;
  #job: RunningJob | undefined;
  #initTimer: NodeJS.Timeout | undefined;
  #pollTimer: NodeJS.Timeout | undefined;
  #initDurationMs: number | undefined;
  #invocations = 0;
  #ended = false;

  /** @param initTimeoutMs ends the environment when it does not ask for an invocation in time. */
  constructor(blueprint: EnvironmentBlueprint, listener: EnvironmentListener, initTimeoutMs: number) {
    this.id = blueprint.ids().replaceAll('-', '');
    this.#blueprint = blueprint;
    this.#listener = listener;
    this.#initTimer = setTimeout(() => this.#end({ kind: 'timeout' }), initTimeoutMs);
    this.#start().catch((error: unknown) => {
      this.#end({ kind: 'error', error: errorDocument('Runtime.StartError', String(error)) });
    });
  }

  /** Whether `invoke` may be called. */
  get idle(): boolean {
    return !this.#ended && this.#job === undefined && this.#api?.polled === true;
  }

  /** Runs one invocation. Call it only when `idle`. Never rejects. */
  async invoke(job: InvocationJob): Promise<InvocationOutcome> {
    const { fn, clock, log } = this.#blueprint;
    const { requestId } = job;
    const at = clock();
    log?.({ kind: 'start', ...this.#origin(at), requestId, coldStart: this.#invocations === 0 });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeOut(), fn.timeoutMs);
      this.#job = { requestId, startedAt: performance.now(), timer, resolve };
      this.#api?.deliver({ ...job, deadlineMs: at + fn.timeoutMs, functionArn: fn.arn });
    });
  }

  /** Kills the process and resolves when it is gone. An invocation that runs ends as an exit. */
  async stop(): Promise<void> {
    this.#end(undefined);
    await this.#process?.exited;
  }

  async #start(): Promise<void> {
    const { fn, clock, region, taskRoot, nodeExecutable, bootstrapFile, reaper, additionalVariables } =
      this.#blueprint;
    const api = await RuntimeApi.listen({
      onReady: () => this.#ready(),
      onPollLost: () => this.#awaitPoll(),
      onResult: (result) => this.#finish(result),
      onInitError: (error) => this.#end({ kind: 'error', error }),
    });
    this.#api = api;
    // Stopped while the port opened: nothing must start any more.
    if (this.#ended) {
      api.close();
      return;
    }
    const variables = environmentVariables(fn, {
      environmentId: this.id,
      runtimeApiPort: api.port,
      taskRoot,
      nodeExecutable,
      region,
      startedAt: clock(),
      additional: additionalVariables,
    });
    const child = new FunctionProcess({
      executable: nodeExecutable,
      parameters: [bootstrapFile],
      workingDirectory: taskRoot,
      variables,
      reaper,
      onLine: (stream, text, requestId) => this.#line(stream, text, requestId),
    });
    this.#process = child;
    this.#memory = new MemoryWatch({
      pid: child.pid,
      limitMb: fn.memoryMb,
      isBusy: () => this.#job !== undefined,
      onExceeded: () => this.#runOutOfMemory(),
    });
    const exit = await child.exited;
    if (this.#job !== undefined) this.#fail(exitErrorDocument(this.#job.requestId, exit));
    this.#end(this.#initDurationMs === undefined ? { kind: 'exit', exit } : undefined);
  }

  /** A client may lose its connection and ask on another; one that does not is stuck. */
  #awaitPoll(): void {
    this.#pollTimer = setTimeout(() => this.#end(undefined), POLL_GRACE_MS);
  }

  #ready(): void {
    if (this.#ended) return;
    clearTimeout(this.#initTimer);
    clearTimeout(this.#pollTimer);
    this.#initDurationMs ??= performance.now() - this.#createdAt;
    this.#listener.onReady(this);
  }

  #finish(result: RuntimeResult): void {
    if (result.kind === 'error') {
      this.#fail(result.error);
      return;
    }
    const { payload, contentType } = result;
    this.#settle('success', undefined, (requestId) => ({
      kind: 'success',
      requestId,
      payload,
      ...(contentType !== undefined && { contentType }),
    }));
  }

  #fail(error: ErrorDocument): void {
    this.#settle('error', error.errorType, (requestId) => ({ kind: 'function-error', requestId, ...error }));
  }

  #timeOut(): void {
    const { timeoutMs } = this.#blueprint.fn;
    this.#settle('timeout', 'Sandbox.Timedout', (requestId) => ({ kind: 'timeout', requestId, timeoutMs }));
    this.#end(undefined);
  }

  /** Lambda ends a sandbox that grows past the function's memory. */
  #runOutOfMemory(): void {
    const { requestId = '' } = this.#job ?? {};
    const text = `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`;
    this.#fail(errorDocument('Runtime.OutOfMemory', text));
    this.#end(undefined);
  }

  #settle(
    status: InvocationReport['status'],
    errorType: string | undefined,
    outcome: (requestId: string) => InvocationOutcome,
  ): void {
    const job = this.#job;
    if (job === undefined) return;
    clearTimeout(job.timer);
    this.#job = undefined;
    this.#report(job, status, errorType);
    this.#invocations++;
    job.resolve(outcome(job.requestId));
  }

  #end(failure: InitFailure | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#initTimer);
    clearTimeout(this.#pollTimer);
    this.#memory?.stop();
    this.#process?.kill();
    this.#api?.close();
    this.#listener.onEnded(this, this.#initDurationMs === undefined ? failure : undefined);
  }

  #line(stream: 'stdout' | 'stderr', text: string, marked: string | undefined): void {
    const { log, clock } = this.#blueprint;
    // A runtime that does not mark its output: whatever it says belongs to the invocation that runs.
    const requestId = marked ?? this.#job?.requestId;
    log?.({
      kind: 'line',
      ...this.#origin(clock()),
      stream,
      text,
      ...(requestId !== undefined && { requestId }),
    });
  }

  #report(
    { requestId, startedAt }: RunningJob,
    status: InvocationReport['status'],
    errorType?: string,
  ): void {
    const { log, clock, fn } = this.#blueprint;
    if (log === undefined) return;
    const origin = this.#origin(clock());
    const durationMs = performance.now() - startedAt;
    const initDurationMs = this.#invocations === 0 ? this.#initDurationMs : undefined;
    const maxMemoryUsedMb = this.#memory?.peakMb;
    log({ kind: 'end', ...origin, requestId });
    log({
      kind: 'report',
      ...origin,
      requestId,
      status,
      durationMs,
      billedDurationMs: Math.ceil(durationMs + (initDurationMs ?? 0)),
      memorySizeMb: fn.memoryMb,
      ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
      ...(initDurationMs !== undefined && { initDurationMs }),
      ...(errorType !== undefined && { errorType }),
    });
  }

  #origin(at: number): { at: number; functionName: string; environmentId: string } {
    return { at, functionName: this.#blueprint.fn.name, environmentId: this.id };
  }
}
