import type { Writable } from 'node:stream';
import type { InvocationContext } from '../handler/options.ts';

/** What HttpResponseStream writes before the body. */
export interface StreamMetadata {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

export interface StreamingContext extends InvocationContext {
  /** Whether the next invocation waits until nothing of this one is left in the event loop. Default true, for streaming handlers. */
  callbackWaitsForEmptyEventLoop?: boolean;
}

export type StreamingHandler = (
  event: unknown,
  responseStream: Writable,
  context?: StreamingContext,
) => Promise<void>;

/**
 * The global `awslambda` of Lambda's Node.js runtimes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export interface StreamingRuntime {
  streamifyResponse(handler: StreamingHandler): unknown;
  readonly HttpResponseStream: { from(responseStream: Writable, metadata: StreamMetadata): Writable };
}

/** Throws a TypeError outside Lambda's runtime. */
export function lambdaStreamingRuntime(): StreamingRuntime {
  const runtime = (globalThis as unknown as { awslambda?: StreamingRuntime }).awslambda;
  if (!runtime) throw new TypeError('There is no awslambda here: pass a StreamingRuntime');
  return runtime;
}
