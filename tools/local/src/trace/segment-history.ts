import { isObject } from '../assembly/json.ts';
import type { JsonObject } from '../assembly/json.ts';

/** The latest X-Ray segments, by trace. */
export interface SegmentHistory {
  record(segment: JsonObject): void;
  /** Latest first. */
  list(): readonly TraceRecord[];
  find(traceId: string): TraceRecord | undefined;
}

export interface TraceRecord {
  /** `1-<8 hex digits>-<24 hex digits>`. */
  readonly traceId: string;
  /** Segments and independently sent subsegments, in the order in which they came. */
  readonly segments: readonly JsonObject[];
}

/** A history of so many traces; the oldest is forgotten first. A segment that is still in progress is replaced by its end. */
export function createSegmentHistory(limit = 500): SegmentHistory {
  const traces = new Map<string, Map<string, JsonObject>>();
  const toRecord = (traceId: string, segments: ReadonlyMap<string, JsonObject>): TraceRecord => ({
    traceId,
    segments: [...segments.values()],
  });
  return {
    record(segment) {
      const { trace_id: traceId, id } = segment;
      if (typeof traceId !== 'string' || typeof id !== 'string') return;
      const segments = traces.get(traceId) ?? new Map<string, JsonObject>();
      segments.set(id, segment);
      traces.set(traceId, segments);
      const oldest = traces.size > limit ? traces.keys().next().value : undefined;
      if (oldest !== undefined) traces.delete(oldest);
    },
    list: () => [...traces].map(([traceId, segments]) => toRecord(traceId, segments)).reverse(),
    find(traceId) {
      const segments = traces.get(traceId);
      return segments === undefined ? undefined : toRecord(traceId, segments);
    },
  };
}

/**
 * Reads a datagram of the X-Ray daemon's protocol: a JSON header, a line end, the segment's document.
 *
 * @returns undefined for what is none.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 */
export function parseSegment(datagram: string): JsonObject | undefined {
  const lineEnd = datagram.indexOf('\n');
  if (lineEnd < 0) return undefined;
  const header = parse(datagram.slice(0, lineEnd));
  if (!isObject(header) || header['format'] !== 'json' || header['version'] !== 1) return undefined;
  const segment = parse(datagram.slice(lineEnd + 1));
  return isObject(segment) ? segment : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
