import type { TraceEvent } from '../trace/trace-sink.ts';
import type { GatewayRuntime } from './gateway-runtime.ts';

/** What every event of one request has in common. */
export interface TracedCall {
  readonly requestId: string;
  /** The API's or URL's name in the model. */
  readonly front: string;
  readonly kind: TraceEvent['kind'];
  /** `Root=...;Parent=...;Sampled=...` */
  readonly traceHeader: string;
}

export type TraceStep = Pick<TraceEvent, 'stage' | 'outcome' | 'status' | 'reason' | 'detail'>;

/** Tells the host what a step decided. Never for the response. */
export function traceStep(runtime: GatewayRuntime, call: TracedCall, step: TraceStep): void {
  const { requestId, front, kind, traceHeader } = call;
  runtime.trace({ at: runtime.clock(), requestId, front, kind, traceHeader, ...step });
}
