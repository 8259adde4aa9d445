import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FunctionModel } from '../model/app-model.ts';
import { Concurrency } from './concurrency.ts';
import { ProcessReaper } from './environment/process-reaper.ts';
import { FunctionCodeStore } from './function-code.ts';
import type { FunctionInvoker, InvocationOutcome, InvokeOptions } from './function-invoker.ts';
import { FunctionPool } from './function-pool.ts';
import { MAX_REQUEST_BYTES } from './limits.ts';
import type { FunctionInvokerOptions } from './options.ts';
import { findNode, nodeMajorOf } from './runtimes/find-node.ts';
import { newTraceHeader } from './trace-header.ts';

/** Runs the functions of a model. */
export interface LocalFunctionInvoker extends FunctionInvoker {
  /** Starts one environment of every function, so that the first calls find them warm. Returns at once. */
  warmUp(): void;
  /** Ends every process and removes temporary code; resolves when nothing is left. Later calls are `unavailable`. */
  close(): Promise<void>;
}

/**
 * Makes an invoker that runs each function in processes of its own. Nothing starts before the first call or `warmUp`.
 *
 * @throws {TypeError} when the built runtime client is not where `bootstrapFile` says.
 */
export function createFunctionInvoker(
  functions: readonly FunctionModel[],
  options: FunctionInvokerOptions = {},
): LocalFunctionInvoker {
  const host = createHost(functions, options);
  const pools = new Map<string, FunctionPool | Unavailable>();
  const poolOf = (fn: FunctionModel): FunctionPool | Unavailable => {
    const pool = pools.get(fn.arn) ?? createPool(fn, host);
    pools.set(fn.arn, pool);
    return pool;
  };
  const byArn = new Map(functions.map((fn) => [fn.arn, fn]));

  return {
    async invoke(
      functionArn: string,
      payload: string,
      { traceHeader }: InvokeOptions = {},
    ): Promise<InvocationOutcome> {
      const fn = byArn.get(functionArn);
      if (fn === undefined) return { kind: 'unavailable', reason: `No function has the ARN ${functionArn}` };
      const pool = poolOf(fn);
      if (!(pool instanceof FunctionPool)) return pool;
      const payloadBytes = Buffer.byteLength(payload);
      if (payloadBytes > MAX_REQUEST_BYTES)
        return { kind: 'request-too-large', payloadBytes, limitBytes: MAX_REQUEST_BYTES };
      return pool.invoke(payload, traceHeader ?? newTraceHeader(host.clock()));
    },
    warmUp(): void {
      for (const fn of functions) {
        const pool = poolOf(fn);
        if (pool instanceof FunctionPool) pool.warmUp();
      }
    },
    async close(): Promise<void> {
      const running = [...pools.values()].filter((pool) => pool instanceof FunctionPool);
      await Promise.all(running.map((pool) => pool.close()));
      await host.reaper.close();
      host.code.close();
    },
  };
}

type Unavailable = Extract<InvocationOutcome, { kind: 'unavailable' }>;

/** What all functions share. */
interface Host {
  readonly options: FunctionInvokerOptions;
  readonly clock: () => number;
  readonly bootstrapFile: string;
  readonly runtimesDirectory: string;
  readonly reaper: ProcessReaper;
  readonly code: FunctionCodeStore;
  readonly unreserved: Concurrency;
}

function createHost(functions: readonly FunctionModel[], options: FunctionInvokerOptions): Host {
  const bootstrapFile = options.bootstrapFile ?? join(__dirname, 'lambda', 'bootstrap', 'bootstrap.cjs');
  if (!existsSync(bootstrapFile)) throw new TypeError(`No runtime client at ${bootstrapFile}`);
  const reserved = functions.reduce((sum, fn) => sum + (fn.reservedConcurrency ?? 0), 0);
  const unreserved = Math.max(0, (options.accountConcurrency ?? 1000) - reserved);
  return {
    options,
    clock: options.clock ?? Date.now,
    bootstrapFile,
    runtimesDirectory: options.runtimesDirectory ?? join('.gatehouse', 'runtimes'),
    reaper: new ProcessReaper(),
    code: new FunctionCodeStore(),
    unreserved: new Concurrency(unreserved, 'ConcurrentInvocationLimitExceeded'),
  };
}

function createPool(fn: FunctionModel, host: Host): FunctionPool | Unavailable {
  if (nodeMajorOf(fn.runtime) === undefined)
    return { kind: 'unavailable', reason: `${fn.name}: the host runs no ${fn.runtime}` };
  const taskRoot = host.code.taskRoot(fn.code);
  if (taskRoot === undefined) return { kind: 'unavailable', reason: `${fn.name}: its code is not there` };
  const { options, clock, reaper, bootstrapFile } = host;
  const node = findNode(fn.runtime, host.runtimesDirectory);
  if (node.notice !== undefined)
    options.log?.({ kind: 'notice', at: clock(), functionName: fn.name, text: node.notice });
  const blueprint = {
    fn,
    taskRoot,
    nodeExecutable: node.executable,
    bootstrapFile,
    region: options.region ?? 'us-east-1',
    additionalVariables: options.environment?.(fn) ?? {},
    reaper,
    log: options.log,
    clock,
    ids: options.ids ?? randomUUID,
  };
  const concurrency =
    fn.reservedConcurrency === undefined
      ? host.unreserved
      : new Concurrency(fn.reservedConcurrency, 'ReservedFunctionConcurrentInvocationLimitExceeded');
  return new FunctionPool(blueprint, concurrency, {
    warmSpare: options.warmSpare ?? true,
    idleTimeoutMs: options.idleTimeoutMs ?? 300_000,
    initTimeoutMs: options.initTimeoutMs ?? 10_000,
    eagerEnvironments: options.eagerEnvironments ?? Math.max(4, 2 * availableParallelism()),
  });
}
