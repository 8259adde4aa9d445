import type { TraceEvent, TraceSink } from './trace-sink.ts';

/** The latest requests with what every stage decided about them. */
export interface RequestHistory {
  readonly record: TraceSink;
  /** Latest first. */
  list(): readonly RequestRecord[];
  /** The events of one request, in order; undefined when it is not known, or no longer. */
  find(requestId: string): RequestRecord | undefined;
}

export interface RequestRecord {
  readonly requestId: string;
  readonly events: readonly TraceEvent[];
}

/** A history of so many requests; the oldest is forgotten first. */
export function createRequestHistory(limit = 500): RequestHistory {
  const byId = new Map<string, TraceEvent[]>();
  return {
    record(event) {
      const events = byId.get(event.requestId);
      if (events !== undefined) {
        events.push(event);
        return;
      }
      byId.set(event.requestId, [event]);
      const oldest = byId.size > limit ? byId.keys().next().value : undefined;
      if (oldest !== undefined) byId.delete(oldest);
    },
    list: () => [...byId].map(([requestId, events]) => ({ requestId, events })).reverse(),
    find(requestId) {
      const events = byId.get(requestId);
      return events === undefined ? undefined : { requestId, events };
    },
  };
}
