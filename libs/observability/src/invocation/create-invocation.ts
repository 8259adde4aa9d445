import type { Context } from 'aws-lambda';
import type { EventFacts } from '../event/describe-event.ts';
import type { Outcome } from '../event/describe-outcome.ts';
import { createLog, type LineContext, type LogWriter, type SafeFields } from '../log/create-log.ts';
import { redactPath } from '../log/redact-path.ts';
import { redactText } from '../log/redact.ts';
import type { Meter } from '../metrics/create-meter.ts';
import { parseTraceparent, type TraceContext } from '../trace/trace-header.ts';
import type { Span } from '../trace/trace-recorder.ts';
import type { Invocation, InvocationFacts } from './invocation.ts';

/** An invocation with the parts that `observe` and `traceDownstream` work with. */
export interface ObservedInvocation extends Invocation {
  readonly trace: TraceContext | undefined;
  readonly span: Span | undefined;
  /** The W3C header that the request came with; passed on as it is. */
  readonly traceparent: string | undefined;
  /** Writes the access line and the metrics, ends the span, and silences the log. Once. */
  end(outcome: Outcome, error?: unknown): void;
}

/** What an invocation begins with. */
export interface InvocationStart {
  readonly event: EventFacts;
  readonly context: Context;
  readonly trace: TraceContext | undefined;
  readonly span: Span | undefined;
  readonly coldStart: boolean;
}

/** What all invocations of one function share. */
export interface InvocationDeps {
  readonly writer: LogWriter;
  readonly meter: Meter;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
}

/** Error codes go into metric names, so they are of one form and bounded. */
const errorCodeForm = /^[A-Z][A-Z0-9_]{2,63}$/;

/** Begins the telemetry of one invocation. */
export function createInvocation(start: InvocationStart, deps: InvocationDeps): ObservedInvocation {
  const { event, context, span, trace } = start;
  const startedMs = deps.clock();
  const counts = new Map<string, number>();
  const correlationId = event.requestId ?? context.awsRequestId;
  let facts: InvocationFacts = {};
  let ended = false;

  const fixed: LineContext = {
    cold_start: start.coldStart,
    function_name: context.functionName,
    function_version: context.functionVersion,
    function_request_id: context.awsRequestId,
    correlation_id: redactText(correlationId),
    trace_id: parseTraceparent(event.traceparent),
  };
  const lineContext = (): LineContext =>
    facts.deliveryId === undefined ? fixed : { ...fixed, delivery_id: redactText(facts.deliveryId) };
  const { log, close } = createLog(deps.writer, lineContext);

  return {
    log,
    trace,
    span,
    correlationId,
    traceparent: event.traceparent,
    sampled: span !== undefined,
    describe(more) {
      if (!ended) facts = { ...facts, ...more };
    },
    count(name, value = 1) {
      if (!ended) counts.set(name, (counts.get(name) ?? 0) + value);
    },
    remainingMs: () => context.getRemainingTimeInMillis(),
    end(outcome, error) {
      if (ended) return;
      ended = true;
      const durationMs = Math.round((deps.clock() - startedMs) * 1_000) / 1_000;
      const errorCode =
        facts.errorCode !== undefined && errorCodeForm.test(facts.errorCode) ? facts.errorCode : undefined;
      if (outcome.result === 'fault' && error !== undefined) log.error('invocation failed', { error });
      close(accessFields({ event, outcome, facts, durationMs }));
      deps.meter.publish({
        route: facts.route,
        errorCode,
        fault: outcome.result === 'fault',
        coldStart: start.coldStart,
        durationMs,
        counts,
        correlationId,
      });
      if (span !== undefined)
        endSpan(span, { facts, outcome, coldStart: start.coldStart, correlationId, error });
    },
  };
}

interface AccessFacts {
  readonly event: EventFacts;
  readonly outcome: Outcome;
  readonly facts: InvocationFacts;
  readonly durationMs: number;
}

/** All that came from outside is cleaned here; the rest is the function's own. */
function accessFields({ event, outcome, facts, durationMs }: AccessFacts): SafeFields {
  return {
    kind: event.kind,
    method: cleanText(event.method),
    path: event.path === undefined ? undefined : redactPath(event.path),
    route: cleanText(facts.route),
    status: outcome.status,
    result: outcome.result,
    duration_ms: durationMs,
    principal_kind: cleanText(facts.principalKind),
    error_code: cleanText(facts.errorCode),
    records: event.records,
    failed_records: outcome.failedRecords,
  };
}

function cleanText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactText(text).slice(0, 1_024);
}

interface SpanEnd {
  readonly facts: InvocationFacts;
  readonly outcome: Outcome;
  readonly coldStart: boolean;
  readonly correlationId: string;
  readonly error: unknown;
}

function endSpan(span: Span, { facts, outcome, coldStart, correlationId, error }: SpanEnd): void {
  const annotations = {
    cold_start: coldStart,
    correlation_id: correlationId,
    route: facts.route,
    principal_kind: facts.principalKind,
    status_class: outcome.status === undefined ? outcome.result : `${Math.trunc(outcome.status / 100)}xx`,
    error_code: facts.errorCode,
    delivery_id: facts.deliveryId,
  };
  for (const [name, value] of Object.entries(annotations)) {
    if (value !== undefined) span.annotate(name, value);
  }
  if (outcome.status !== undefined) span.status(outcome.status);
  if (outcome.result === 'fault' && error !== undefined) span.fail(error);
  span.end();
}
