import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import type { CatalogueProblem } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import { problemResponse } from '../problem/problem-response.ts';
import type { Problem } from '../problem/problem.ts';
import type { OutgoingResponse } from '../response/http-response.ts';
import { hooksOf } from '../features/hooks-of.ts';
import type { HttpHandlerOptions } from './options.ts';
import { reportFailure } from './report-failure.ts';
import type { RequestExchange } from './request-exchange.ts';

/**
 * Makes what the front takes of a finished response. Throws an HttpError for one that must not leave; it is then
 * answered as an error.
 */
export type Deliver<T> = (response: OutgoingResponse, exchange: RequestExchange) => T;

/** The end of a request's way: response or error to a delivered answer, and one call of `onRequestEnd`. */
export interface Answerer<T> {
  /** Undefined where no feature encodes: an await of what is there already would cost a turn of the microtask queue. */
  readonly encode:
    ((response: OutgoingResponse, exchange: RequestExchange) => Promise<OutgoingResponse>) | undefined;
  /** Delivers what is encoded. */
  readonly settle: (response: OutgoingResponse, exchange: RequestExchange) => T;
  /** Never rejects. */
  readonly answerError: (error: unknown, exchange: RequestExchange) => Promise<T>;
}

export function createAnswerer<T, C extends Contract, P extends PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
  deliver: Deliver<T>,
): Answerer<T> {
  const { features = [], mapError, problemTypeBase: typeBase, onRequestEnd = reportFailure } = options;
  const encoders = hooksOf(features, 'encode');
  const finishers = hooksOf(features, 'finish');

  function toProblem(error: unknown): Problem {
    return error instanceof HttpProblem ? error.problem : (mapError?.(error) ?? internalProblem(error));
  }

  function toResponse(problem: Problem, exchange: RequestExchange): OutgoingResponse {
    const { requestId, path: instance } = exchange.request;
    return problemResponse(problem, { requestId, instance, typeBase });
  }

  /** Delivers, then tells `onRequestEnd`: an answer that cannot be delivered is not the end of its request. */
  function settle(response: OutgoingResponse, exchange: RequestExchange): T {
    for (const finish of finishers) finish(response.headers, exchange);
    const delivered = deliver(response, exchange);
    reportEnd(exchange, response.status);
    return delivered;
  }

  function reportEnd(exchange: RequestExchange, status: number): void {
    // Nothing to build for a hook that would not look at it.
    if (status < 500 && onRequestEnd === reportFailure) return;
    const { request, operationId, principal, failure } = exchange;
    const durationMs = exchange.clock() - exchange.startedMs;
    const { problem, error } = failure ?? {};
    const end = { request, operationId, principal, status, durationMs, problem, error };
    try {
      onRequestEnd(end);
    } catch (hookError) {
      // The answer is settled: a hook that fails must not change it.
      reportFailure({ ...end, status: 500, error: hookError });
    }
  }

  async function encodeAll(response: OutgoingResponse, exchange: RequestExchange): Promise<OutgoingResponse> {
    let encoded = response;
    for (const encode of encoders) encoded = await encode(encoded, exchange);
    return encoded;
  }

  async function answerError(error: unknown, exchange: RequestExchange): Promise<T> {
    try {
      const problem = toProblem(error);
      exchange.failure = { problem, error };
      return settle(await encodeAll(toResponse(problem, exchange), exchange), exchange);
    } catch (second) {
      // mapError or a feature failed, or a problem's own header cannot be sent.
      const problem = internalProblem(second);
      exchange.failure = { problem, error: new AggregateError([error, second], 'Answering failed') };
      reportEnd(exchange, problem.status);
      return deliverAnyhow(problem, exchange);
    }
  }

  /** Keeps what features add to every answer, CORS above all, but for what fails. */
  function deliverAnyhow(problem: Problem, exchange: RequestExchange): T {
    const response = toResponse(problem, exchange);
    for (const finish of finishers) {
      try {
        finish(response.headers, exchange);
      } catch {
        // A feature that fails each time has failed the first time too, which is in the log.
      }
    }
    try {
      return deliver(response, exchange);
    } catch {
      return deliver(toResponse(problem, exchange), exchange);
    }
  }

  return { encode: encoders.length === 0 ? undefined : encodeAll, settle, answerError };
}

/** Whatever nobody mapped: bland to the caller; the error's own text is for the log. */
function internalProblem(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    title: 'Internal Server Error',
    code: 'HTTP_INTERNAL',
    detail,
  } satisfies CatalogueProblem;
}
