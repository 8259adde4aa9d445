import type { Context } from 'aws-lambda';
import { readConfig, readTraceHeader, type ObservabilityConfig } from './config.ts';
import { describeEvent } from './event/describe-event.ts';
import { outcomeOfError, outcomeOfResult } from './event/describe-outcome.ts';
import {
  createInvocation,
  type InvocationDeps,
  type ObservedInvocation,
} from './invocation/create-invocation.ts';
import { clearInvocation, runInvocation, separateInvocations } from './invocation/current-invocation.ts';
import type { Invocation } from './invocation/invocation.ts';
import { createLogWriter, takeLateWrites } from './log/create-log.ts';
import { createMeter } from './metrics/create-meter.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { loadTraceRecorder } from './trace/load-trace-recorder.ts';
import { parseTraceHeader } from './trace/trace-header.ts';
import type { TraceRecorder } from './trace/trace-recorder.ts';

/** What tells one function's telemetry from another's. */
export interface ObserveOptions {
  /** Name of the service in log lines, metrics and traces: the app's name, such as `users-api`. */
  readonly service: string;
  /** Default: read from the environment, once. */
  readonly config?: ObservabilityConfig;
  /** Milliseconds that only go forward. Default `monotonicMs`. */
  readonly clock?: () => number;
  /** Loads what records traces; asked when the first sampled invocation comes. Default: Powertools Tracer. */
  readonly loadRecorder?: (service: string) => Promise<TraceRecorder>;
}

/** A Lambda handler of any kind; the third parameter is this invocation's telemetry. */
export type ObservedHandler<Event, Result> = (
  event: Event,
  context: Context,
  invocation: Invocation,
) => Promise<Result> | Result;

/** What Lambda calls. */
export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/**
 * Wraps a Lambda handler of any kind, once, at module scope: HTTP, authorizer, stream or queue.
 *
 * Each invocation writes one access line and one line of metrics. When X-Ray samples it, it also has a span, and only
 * then is Tracer loaded. The handler's result or error passes through unchanged; telemetry never makes an invocation
 * fail. After the end of an invocation nothing is written for it.
 */
export function observe<Event, Result>(
  handler: ObservedHandler<Event, Result>,
  options: ObserveOptions,
): LambdaHandler<Event, Result> {
  const { service, config = readConfig(), clock = monotonicMs } = options;
  const { loadRecorder = loadTraceRecorder } = options;
  const deps: InvocationDeps = {
    writer: createLogWriter(service, config),
    meter: createMeter(service, config),
    clock,
  };
  separateInvocations(config.concurrentInvocations);
  let coldStart = config.firstInvocationIsCold;

  return async (event, context) => {
    const trace = parseTraceHeader(readTraceHeader());
    const sampled = config.tracing && trace?.sampled === true;
    const recorder = sampled ? await recorderOrNone(loadRecorder, service) : undefined;
    const facts = describeEvent(event);
    const invocation = createInvocation(
      { event: facts, context, trace, span: recorder?.begin(`## ${service}`), coldStart },
      deps,
    );
    coldStart = false;
    deps.writer.refreshSampling();
    reportLateWrites(invocation);
    try {
      const result = await runInvocation(invocation, () => handler(event, context, invocation));
      endQuietly(() => invocation.end(outcomeOfResult(facts.kind, result)));
      return result;
    } catch (error) {
      endQuietly(() => invocation.end(outcomeOfError(facts.kind, error), error));
      throw error;
    } finally {
      clearInvocation(invocation);
      if (recorder !== undefined) await recorder.drain();
    }
  };
}

/** The answer is worth more than its telemetry. */
function endQuietly(end: () => void): void {
  try {
    end();
  } catch {
    // Nothing is left to report it with.
  }
}

async function recorderOrNone(
  load: (service: string) => Promise<TraceRecorder>,
  service: string,
): Promise<TraceRecorder | undefined> {
  try {
    return await load(service);
  } catch {
    // A function without its traces still does its work.
    return undefined;
  }
}

/** Work that outlives its invocation runs in the next one, or never: the one who wrote it has to know. */
function reportLateWrites(invocation: ObservedInvocation): void {
  const lines = takeLateWrites();
  if (lines > 0) invocation.log.warn('an earlier invocation went on after its end', { dropped_lines: lines });
}
