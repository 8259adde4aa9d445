/**
 * Where every gateway stage tells what it decided and why. A response never carries this: a caller learns what AWS
 * would tell it, the engineer at the console learns the rule.
 */
export type TraceSink = (event: TraceEvent) => void;

/** One decision of one stage about one request. */
export interface TraceEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The gateway's request id; the same in all events of a request. */
  readonly requestId: string;
  /** The front's name in the model: an API's or a function URL's. */
  readonly front: string;
  readonly kind: 'rest' | 'http' | 'url' | 'event-source';
  /** The pipeline's stage: `received`, `route`, `authorizer`, `integration`, `sent` and the like. */
  readonly stage: string;
  readonly outcome: 'pass' | 'refuse' | 'error';
  /** HTTP status that this decision gives, when it ends the request. */
  readonly status?: number;
  /** The rule that decided, in a short sentence: `identity source method.request.header.Authorization is missing`. */
  readonly reason?: string;
  /** What the rule looked at: the matched statement, the cache key, the route key. Never a credential. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** `Root=1-...` of the request's X-Ray trace, when it has one. */
  readonly traceHeader?: string;
}
