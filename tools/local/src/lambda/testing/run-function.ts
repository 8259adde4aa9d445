import type { FunctionModel } from '../../model/app-model.ts';
import { createFunctionInvoker, type LocalFunctionInvoker } from '../create-function-invoker.ts';
import type { FunctionLogEntry } from '../function-log.ts';
import type { InvocationOutcome } from '../function-invoker.ts';
import type { FunctionInvokerOptions } from '../options.ts';
import { buildBootstrap } from './build-bootstrap.ts';

const bootstrapFile = buildBootstrap();
const open: LocalFunctionInvoker[] = [];

/** A function under test, its log, and the invoker that runs it. */
export interface RunningFunction {
  readonly invoke: (event?: unknown) => Promise<InvocationOutcome>;
  readonly log: readonly FunctionLogEntry[];
  /** The text of every line that it wrote. */
  readonly lines: () => string[];
  readonly invoker: LocalFunctionInvoker;
}

/** Runs a function without a spare, unless the options say so. Call `closeFunctions` after each test. */
export function runFunction(fn: FunctionModel, options: FunctionInvokerOptions = {}): RunningFunction {
  const log: FunctionLogEntry[] = [];
  const invoker = createFunctionInvoker([fn], {
    bootstrapFile,
    warmSpare: false,
    log: (entry) => void log.push(entry),
    ...options,
  });
  open.push(invoker);
  return {
    invoke: (event = {}) => invoker.invoke(fn.arn, JSON.stringify(event)),
    log,
    lines: () => log.flatMap((entry) => (entry.kind === 'line' ? [entry.text] : [])),
    invoker,
  };
}

/** Ends what `runFunction` has started. */
export async function closeFunctions(): Promise<void> {
  await Promise.all(open.splice(0).map((invoker) => invoker.close()));
}

/** The JSON that an invocation gave, as a success or as an error document. */
export function jsonOf(outcome: InvocationOutcome): unknown {
  if (outcome.kind !== 'success' && outcome.kind !== 'function-error') throw new Error(outcome.kind);
  return JSON.parse(Buffer.from(outcome.payload).toString());
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something holds, for twenty seconds at most. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waitedMs = 0; !holds(); waitedMs += 5) {
    if (waitedMs > 20_000) throw new Error('It never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
