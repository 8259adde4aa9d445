import type { DownstreamCall } from '../invocation/invocation.ts';

/**
 * What this library needs of a tracing system; nothing else in it knows X-Ray's SDK. docs/adr/0300 says what follows
 * when that SDK's support ends.
 */
export interface TraceRecorder {
  /** Opens the span of one invocation, under the segment that Lambda has opened; undefined when there is none. */
  begin(name: string): Span | undefined;
  /** Waits until what was closed has left the process. */
  drain(): Promise<void>;
}

/** A timed piece of work in a trace. After `end` nothing changes it. */
export interface Span {
  /** 16 hex digits; the parent of what the other side records. */
  readonly id: string;
  child(call: DownstreamCall): Span;
  /** A value that traces are found by; the name is letters, digits and underscores. */
  annotate(name: string, value: string | number | boolean): void;
  /** Records an error, its message and stack without secrets. */
  fail(error: unknown): void;
  status(status: number): void;
  end(): void;
}
