import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import { createPipeline, DEFAULT_DEADLINE_MARGIN_MS } from '../handler/create-pipeline.ts';
import { deadlineExceeded } from '../handler/deadline.ts';
import type { HttpHandlerOptions } from '../handler/options.ts';
import { reportFailure } from '../handler/report-failure.ts';
import type { RequestExchange } from '../handler/request-exchange.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { finishResult } from '../response/to-result.ts';
import { trackStreams } from './open-streams.ts';
import { lambdaStreamingRuntime } from './streaming-runtime.ts';
import type { StreamMetadata, StreamingRuntime } from './streaming-runtime.ts';
import { isWhole, writeBody } from './write-body.ts';

export interface StreamingHttpHandlerOptions<
  C extends Contract,
  P extends PrincipalLike,
> extends HttpHandlerOptions<C, P> {
  /**
   * Told why a body broke off after its head was sent: the caller sees the response end early, and `onRequestEnd` has had its call. At
   * the deadline it is the 504 that a caller without a head would have had.
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

/**
 * The handler for a function URL whose invoke mode is RESPONSE_STREAM, where an ordinary result would reach the caller as its own
 * JSON. Every operation works; one with a `stream` response is sent as it comes, with back-pressure. There is no limit of 6 MB.
 *
 * The head is sent with the first chunk, so that what fails before is answered by status; `onRequestEnd` is called then. What fails later,
 * or is not through at the deadline, breaks the body off: the request's signal fires at the deadline, the source's iterator is told to
 * return, and the invocation fails with an error that says nothing, since the runtime sends it to the caller. The execution environment
 * serves on.
 */
export function createStreamingHttpHandler<const C extends Contract, P extends PrincipalLike = PrincipalLike>(
  options: StreamingHttpHandlerOptions<C, P>,
): unknown {
  const { runtime = lambdaStreamingRuntime(), deadlineMarginMs = DEFAULT_DEADLINE_MARGIN_MS } = options;
  const streams = trackStreams();
  const features = [streams.feature, ...(options.features ?? [])];
  const run = createPipeline<Delivery, C, P>({ ...options, features }, (response, exchange) => {
    const { request } = exchange;
    const { status, headers, cookies } = response;
    const isBodiless = request.method === 'HEAD' || status === 204 || status === 304;
    streams.settle(exchange, { isSent: response.stream !== undefined && !isBodiless });
    const head = finishResult({ status, headers, cookies }, request);
    const metadata: StreamMetadata = {
      statusCode: head.statusCode,
      headers: head.headers,
      ...('cookies' in head && { cookies: head.cookies }),
    };
    return { exchange, metadata, body: isBodiless ? '' : (response.stream ?? response.body ?? '') };
  });

  function report(error: unknown, exchange: RequestExchange): void {
    const { request, operationId, principal, startedMs } = exchange;
    try {
      options.onStreamError(error, request);
    } catch (hookError) {
      // A hook that fails must not change how the invocation ends, nor what the caller gets to see of it.
      const durationMs = exchange.clock() - startedMs;
      const end = { request, operationId, principal, durationMs, problem: undefined };
      reportFailure({ ...end, status: 500, error: hookError });
    }
  }

  return runtime.streamifyResponse(async (event, responseStream, context) => {
    // As with any handler that is a promise: a source that does not heed the deadline must not hold the next invocation up.
    if (context) context.callbackWaitsForEmptyEventLoop = false;
    const { exchange, metadata, body } = await run(event, context);
    const remainingMs = context?.getRemainingTimeInMillis?.() ?? Infinity;
    // A whole body has no deadline of its own: it may be the very 504, whose request's signal has fired.
    const breakOff = isWhole(body) ? new AbortController() : exchange;
    const timer = breakOffAfter(exchange, remainingMs - deadlineMarginMs);
    try {
      await writeBody(body, runtime.HttpResponseStream.from(responseStream, metadata), breakOff);
    } catch (error) {
      streams.settle(exchange, { isSent: false });
      report(error, exchange);
      throw brokenOff();
    } finally {
      clearTimeout(timer);
    }
  });
}

function breakOffAfter(exchange: RequestExchange, ms: number): NodeJS.Timeout | undefined {
  if (ms === Infinity) return undefined;
  return setTimeout(() => exchange.abort(deadlineExceeded()), Math.max(0, ms));
}

/** The runtime's client sends name, message and stack on, as trailers of the response. */
function brokenOff(): Error {
  const error = new Error('The body broke off.');
  error.name = 'HttpStreamBroken';
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
