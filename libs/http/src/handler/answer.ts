import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import { KERNEL_PROBLEMS } from '../problem/kernel-problems.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import { problemResponse } from '../problem/problem-response.ts';
import { problem } from '../problem/problem.ts';
import type { Problem } from '../problem/problem.ts';
import type { HttpResponse } from '../response/http-response.ts';
import type { HttpHandlerOptions } from './options.ts';
import { reportFailure } from './report-failure.ts';
import type { RequestExchange } from './request-exchange.ts';

/**
 * Makes what the front takes of a finished response. Throws an HttpError for one that must not leave; it is then
 * answered as an error.
 */
export type Deliver<T> = (response: HttpResponse, exchange: RequestExchange) => T;

/** The end of a request's way: response or error to a delivered answer, and one call of `onRequestEnd`. */
export interface Answerer<T> {
  answer(exchange: RequestExchange, response: HttpResponse): T | Promise<T>;
  /** Never rejects. */
  answerError(exchange: RequestExchange, error: unknown): Promise<T>;
}

interface Failure {
  readonly problem: Problem;
  readonly error: unknown;
}

const NO_FAILURE = { problem: undefined, error: undefined };

export function createAnswerer<T, C extends Contract, P extends PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
  deliver: Deliver<T>,
): Answerer<T> {
  const { features = [], mapError, problemTypeBase, onRequestEnd = reportFailure } = options;
  const encoders = features.flatMap((feature) => feature.encode ?? []);
  const finishers = features.flatMap((feature) => feature.finish ?? []);

  function toProblem(error: unknown): Problem {
    if (error instanceof HttpProblem) return error.problem;
    return mapError?.(error) ?? internalProblem(error);
  }

  /** Delivers, then tells `onRequestEnd`: an answer that cannot be delivered is not the end of its request. */
  function settle(exchange: RequestExchange, response: HttpResponse, failure?: Failure): T {
    let finished = response;
    for (const hook of finishers) finished = hook(finished, exchange);
    const delivered = deliver(finished, exchange);
    reportEnd(exchange, finished.status, failure);
    return delivered;
  }

  function reportEnd(exchange: RequestExchange, status: number, failure: Failure | undefined): void {
    // Nothing to build for a hook that would not look at it.
    if (status < 500 && onRequestEnd === reportFailure) return;
    const { request, operationId, principal } = exchange;
    const durationMs = exchange.clock() - exchange.startedMs;
    const { problem, error } = failure ?? NO_FAILURE;
    const end = { request, operationId, principal, status, durationMs, problem, error };
    try {
      onRequestEnd(end);
    } catch (hookError) {
      // The answer is settled: a hook that fails must not change it.
      reportFailure({ ...end, status: 500, error: hookError });
    }
  }

  async function encode(exchange: RequestExchange, response: HttpResponse): Promise<HttpResponse> {
    let encoded = response;
    for (const hook of encoders) encoded = await hook(encoded, exchange);
    return encoded;
  }

  async function answerError(exchange: RequestExchange, error: unknown): Promise<T> {
    const { requestId, path: instance } = exchange.request;
    const context = { requestId, instance, typeBase: problemTypeBase };
    try {
      const failure = { problem: toProblem(error), error };
      const response = await encode(exchange, problemResponse(failure.problem, context));
      return settle(exchange, response, failure);
    } catch (second) {
      // mapError or a feature failed, or a problem's own header cannot be sent.
      const failure = {
        problem: internalProblem(second),
        error: new AggregateError([error, second], 'Answering failed'),
      };
      const response = problemResponse(failure.problem, context);
      reportEnd(exchange, response.status, failure);
      return deliver(response, exchange);
    }
  }

  return {
    answer: (exchange, response) =>
      encoders.length === 0
        ? settle(exchange, response)
        : encode(exchange, response).then((encoded) => settle(exchange, encoded)),
    answerError,
  };
}

/** Whatever nobody mapped: bland to the caller; the error's own text is for the log. */
function internalProblem(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return problem({ ...KERNEL_PROBLEMS.HTTP_INTERNAL, code: 'HTTP_INTERNAL', detail });
}
