import { Tracer } from '@aws-lambda-powertools/tracer';
import { redactPath } from '../log/redact-path.ts';
import { redactText } from '../log/redact.ts';
import type { DownstreamCall } from '../invocation/invocation.ts';
import type { Span, TraceRecorder } from './trace-recorder.ts';

/** X-Ray's subsegment, by way of Powertools, so that the X-Ray SDK is no dependency of ours. */
type Segment = NonNullable<ReturnType<Tracer['getSegment']>>;
type Subsegment = ReturnType<Segment['addNewSubsegment']>;

/**
 * Records with Powertools Tracer. Importing this file loads the X-Ray SDK (about 20 ms): `loadTraceRecorder` does so
 * for the first sampled invocation.
 *
 * Parents are passed on explicitly, so neither the SDK's context tracking nor its patches of node:http are used.
 */
export function createPowertoolsRecorder(service: string): TraceRecorder {
  const tracer = new Tracer({ serviceName: service, captureHTTPsRequests: false });
  return {
    begin(name) {
      if (!tracer.isTracingEnabled()) return undefined;
      const segment = tracer.getSegment();
      return segment === undefined ? undefined : toSpan(segment.addNewSubsegment(name));
    },
    drain,
  };
}

/**
 * The SDK sends each closed subsegment as a UDP datagram, from a socket that it opens for the purpose: resolved,
 * bound and sent within three turns of the event loop. Without the wait Lambda freezes the last ones.
 */
async function drain(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

function toSpan(subsegment: Subsegment): Span {
  const children: Span[] = [];
  let open = true;
  return {
    id: subsegment.id,
    child(call) {
      const child = toSpan(addCall(subsegment, call));
      children.push(child);
      return child;
    },
    annotate(name, value) {
      if (open) subsegment.addAnnotation(name, value);
    },
    fail(error) {
      if (open) subsegment.addError(withoutSecrets(error));
    },
    status(status) {
      if (open) markStatus(subsegment, status);
    },
    end() {
      if (!open) return;
      open = false;
      // Work that nobody waited for ends here in the trace: its parent cannot be sent before it.
      for (const child of children) child.end();
      subsegment.close();
    },
  };
}

function addCall(parent: Subsegment, call: DownstreamCall): Subsegment {
  const subsegment = parent.addNewSubsegment(call.name);
  subsegment.addAttribute('namespace', call.namespace);
  if (call.namespace === 'aws') {
    subsegment.addAttribute('aws', { operation: call.operation, ...call.resource });
  } else {
    // `traced` says that the other side is the child's own segment, when it answers with one.
    const url = call.url === undefined ? undefined : redactUrl(call.url);
    subsegment.addAttribute('http', { request: { method: call.operation, url, traced: true } });
  }
  for (const [name, value] of Object.entries(call.annotations ?? {})) subsegment.addAnnotation(name, value);
  return subsegment;
}

/** The path alone is searched: hosts are ours, and some have names that would be taken for a secret's. */
function redactUrl(url: string): string {
  const pathAt = url.indexOf('/', url.indexOf('//') + 2);
  return pathAt < 0 ? url : `${url.slice(0, pathAt)}${redactPath(url.slice(pathAt))}`;
}

/** Source: X-Ray developer guide, "Segment documents", `error`, `throttle`, `fault` and `http.response`. */
function markStatus(subsegment: Subsegment, status: number): void {
  const http = (subsegment as unknown as { http?: Record<string, unknown> }).http;
  subsegment.addAttribute('http', { ...http, response: { status } });
  if (status === 429) subsegment.addThrottleFlag();
  if (status >= 500) subsegment.addFaultFlag();
  else if (status >= 400) subsegment.addErrorFlag();
}

function withoutSecrets(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('a value that is no error was thrown');
  const copy = new Error(redactText(error.message));
  copy.name = error.name;
  copy.stack = redactText(error.stack ?? '');
  return copy;
}
