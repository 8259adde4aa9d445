import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import type { Feature } from '../features/feature.ts';
import { createPipeline, DEFAULT_DEADLINE_MARGIN_MS } from '../handler/create-pipeline.ts';
import { deadlineExceeded } from '../handler/deadline.ts';
import type { HttpHandlerOptions } from '../handler/options.ts';
import type { RequestExchange } from '../handler/request-exchange.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { finishResult } from '../response/to-result.ts';
import { assertStream } from './assert-stream.ts';
import { lambdaStreamingRuntime } from './streaming-runtime.ts';
import type { StreamMetadata, StreamingRuntime } from './streaming-runtime.ts';

export interface StreamingHttpHandlerOptions<
  C extends Contract,
  P extends PrincipalLike,
> extends HttpHandlerOptions<C, P> {
  /**
   * Told of a body that broke off after its head was sent: the caller sees the connection end early, and `onRequestEnd` has had
   * its call.
   */
  readonly onStreamError: (error: unknown, request: HttpRequest) => void;
  /** Default: the global `awslambda`. */
  readonly runtime?: StreamingRuntime;
}

interface Delivery {
  readonly exchange: RequestExchange;
  readonly metadata: StreamMetadata;
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>;
}

/** Sends streamed bodies as they come. */
const sendsStreams: Feature = {
  name: 'streaming',
  serves: ['stream'],
  represent(response) {
    if (response.stream !== undefined) assertStream(response.stream);
    return response;
  },
};

/**
 * The handler for a function URL whose invoke mode is RESPONSE_STREAM, where an ordinary result would reach the caller as its own
 * JSON. Every operation works; one with a `stream` response is sent as it comes, with back-pressure, and is broken off when the
 * deadline comes. `onRequestEnd` is called when the head is settled. There is no limit of 6 MB.
 */
export function createStreamingHttpHandler<const C extends Contract, P extends PrincipalLike = PrincipalLike>(
  options: StreamingHttpHandlerOptions<C, P>,
): unknown {
  const { runtime = lambdaStreamingRuntime(), deadlineMarginMs = DEFAULT_DEADLINE_MARGIN_MS } = options;
  const features = [sendsStreams, ...(options.features ?? [])];
  const run = createPipeline<Delivery, C, P>({ ...options, features }, (response, exchange) => {
    const { request } = exchange;
    const { status, headers, cookies } = response;
    const isBodiless = request.method === 'HEAD' || status === 204 || status === 304;
    const head = finishResult({ status, headers, cookies }, request);
    const metadata: StreamMetadata = {
      statusCode: head.statusCode,
      headers: head.headers,
      ...('cookies' in head && { cookies: head.cookies }),
    };
    return { exchange, metadata, body: isBodiless ? '' : (response.stream ?? response.body ?? '') };
  });

  return runtime.streamifyResponse(async (event, responseStream, context) => {
    const { exchange, metadata, body } = await run(event, context);
    const out = runtime.HttpResponseStream.from(responseStream, metadata);
    // The runtime sends the head before the first write, and so never for a body that has none.
    out.write('');
    const { pipeline } = process.getBuiltinModule('node:stream/promises');
    const remainingMs = context?.getRemainingTimeInMillis?.() ?? Infinity;
    const timer = breakOffAfter(exchange, remainingMs - deadlineMarginMs);
    try {
      const source = typeof body === 'string' || body instanceof Uint8Array ? [body] : body;
      await pipeline(source, out, { signal: exchange.signal });
    } catch (error) {
      options.onStreamError(error, exchange.request);
    } finally {
      clearTimeout(timer);
    }
  });
}

function breakOffAfter(exchange: RequestExchange, ms: number): NodeJS.Timeout | undefined {
  if (ms === Infinity) return undefined;
  return setTimeout(() => exchange.abort(deadlineExceeded()), Math.max(0, ms));
}
