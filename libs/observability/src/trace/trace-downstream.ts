import { observedInvocation } from '../invocation/current-invocation.ts';
import type { ObservedInvocation } from '../invocation/create-invocation.ts';
import type { DownstreamCall, DownstreamSpan } from '../invocation/invocation.ts';
import { formatTraceHeader } from './trace-header.ts';

const untraced: DownstreamSpan = Object.freeze({ headers: Object.freeze({}), status: () => undefined });

/**
 * Runs a call to another system as part of the running invocation's trace. `span.headers` has to go with the call, so
 * that the other side's work is found under it. Where there is no invocation, or it is not sampled, `work` runs as if it
 * had been called directly, with the headers that say so.
 *
 * Calls that run at the same time have the invocation as their parent, each on its own.
 */
export function traceDownstream<T>(
  call: DownstreamCall,
  work: (span: DownstreamSpan) => Promise<T>,
): Promise<T> {
  const invocation = observedInvocation();
  if (invocation === undefined) return work(untraced);
  if (invocation.span === undefined) {
    return work({ headers: propagationHeaders(invocation, undefined), status: untraced.status });
  }
  return traceCall(call, { work, invocation, parent: invocation.span });
}

interface TracedCall<T> {
  readonly work: (span: DownstreamSpan) => Promise<T>;
  readonly invocation: ObservedInvocation;
  readonly parent: NonNullable<ObservedInvocation['span']>;
}

async function traceCall<T>(call: DownstreamCall, { work, invocation, parent }: TracedCall<T>): Promise<T> {
  const span = parent.child(call);
  try {
    return await work({
      headers: propagationHeaders(invocation, span.id),
      status: (status) => span.status(status),
    });
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** X-Ray's header with this call as the parent, and the W3C header as it came. */
function propagationHeaders(
  invocation: ObservedInvocation,
  parent: string | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const { trace, traceparent } = invocation;
  if (trace !== undefined) {
    headers['x-amzn-trace-id'] = formatTraceHeader({ ...trace, ...(parent !== undefined && { parent }) });
  }
  if (traceparent !== undefined) headers['traceparent'] = traceparent;
  return headers;
}
