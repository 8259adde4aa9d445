import type { RequestRecord } from './request-history.ts';
import type { TraceEvent } from './trace-sink.ts';

/**
 * A line for the terminal when a request has been answered or a batch has failed, with the reason of what was refused;
 * undefined for any other event.
 *
 * @param request what is known of the request so far, this event included.
 */
export function formatTraceEvent(event: TraceEvent, request: RequestRecord | undefined): string | undefined {
  if (event.kind === 'event-source') {
    return event.outcome === 'error'
      ? `${event.front}: batch failed: ${event.reason ?? 'no reason'}`
      : undefined;
  }
  if (event.stage !== 'sent') return undefined;
  const { method, path, durationMs } = event.detail ?? {};
  const line = `${textOf(method)} ${textOf(path)} ${event.status ?? ''} ${textOf(durationMs)} ms  ${event.front} (${event.kind})`;
  const refusal = request?.events.find(({ outcome }) => outcome !== 'pass');
  return refusal === undefined ? line : `${line}  ${refusal.stage}: ${refusal.reason ?? 'no reason'}`;
}

/** Control characters of a request's path must not reach the terminal. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value));
  return typeof value === 'string' ? value.replaceAll(/\p{Cc}/gu, '?') : '';
}
