import { isUtf8 } from 'node:buffer';
import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import { HttpError } from '../errors.ts';
import { HTTP_PROBLEMS } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import { problemResponse } from '../problem/problem-response.ts';
import { problem } from '../problem/problem.ts';
import type { Problem } from '../problem/problem.ts';
import type { HttpResponse } from '../response/http-response.ts';
import type { LambdaResult } from '../response/lambda-result.ts';
import { toResult } from '../response/to-result.ts';
import type { HttpHandlerOptions } from './options.ts';
import { reportFailure } from './report-failure.ts';
import type { RequestExchange } from './request-exchange.ts';

/** The end of a request's way: response or error to a Lambda result, and one call of `onRequestEnd`. */
export interface Answerer {
  answer(exchange: RequestExchange, response: HttpResponse): LambdaResult | Promise<LambdaResult>;
  /** Never rejects. */
  answerError(exchange: RequestExchange, error: unknown): Promise<LambdaResult>;
}

interface Failure {
  readonly problem: Problem;
  readonly error: unknown;
}

export function createAnswerer<C extends Contract, P extends PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
): Answerer {
  const { features = [], mapError, problemTypeBase, onRequestEnd = reportFailure } = options;
  const encoders = features.flatMap((feature) => feature.encode ?? []);
  const finishers = features.flatMap((feature) => feature.finish ?? []);

  function toProblem(error: unknown): Problem {
    if (error instanceof HttpProblem) return error.problem;
    return mapError?.(error) ?? internalProblem(error);
  }

  function finish(exchange: RequestExchange, response: HttpResponse): LambdaResult {
    const { request } = exchange;
    let finished = response;
    for (const hook of finishers) finished = hook(finished, exchange);
    return toResult(deliverable(finished, exchange), request);
  }

  function end(exchange: RequestExchange, result: LambdaResult, failure?: Failure): LambdaResult {
    const { request, operationId, principal } = exchange;
    const durationMs = exchange.clock() - exchange.startedMs;
    const { problem, error } = failure ?? { problem: undefined, error: undefined };
    const requestEnd = {
      request,
      operationId,
      principal,
      status: result.statusCode,
      durationMs,
      problem,
      error,
    };
    try {
      onRequestEnd(requestEnd);
    } catch (hookError) {
      // The answer is settled: a hook that fails must not change it.
      reportFailure({ ...requestEnd, status: 500, error: hookError });
    }
    return result;
  }

  async function answerEncoded(exchange: RequestExchange, response: HttpResponse): Promise<LambdaResult> {
    let encoded = response;
    for (const encode of encoders) encoded = await encode(encoded, exchange);
    return end(exchange, finish(exchange, encoded));
  }

  async function answerError(exchange: RequestExchange, error: unknown): Promise<LambdaResult> {
    const context = {
      requestId: exchange.request.requestId,
      instance: exchange.request.path,
      typeBase: problemTypeBase,
    };
    let failure: Failure;
    try {
      failure = { problem: toProblem(error), error };
      let response = problemResponse(failure.problem, context);
      for (const encode of encoders) response = await encode(response, exchange);
      return end(exchange, finish(exchange, response), failure);
    } catch (second) {
      // mapError or a feature failed, or a problem's own header cannot be sent.
      failure = {
        problem: internalProblem(second),
        error: new AggregateError([error, second], 'Answering failed'),
      };
      const response = problemResponse(failure.problem, context);
      return end(exchange, toResult(response, exchange.request), failure);
    }
  }

  return {
    answer: (exchange, response) =>
      encoders.length === 0 ? end(exchange, finish(exchange, response)) : answerEncoded(exchange, response),
    answerError,
  };
}

/** Whatever nobody mapped: bland to the caller; the error's own text is for the log. */
function internalProblem(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return problem({ ...HTTP_PROBLEMS.HTTP_INTERNAL, code: 'HTTP_INTERNAL', detail });
}

/** Bytes as text where a REST API would not decode base64: the same octets on the wire, if they are UTF-8. */
function deliverable(response: HttpResponse, exchange: RequestExchange): HttpResponse {
  const { body } = response;
  if (!(body instanceof Uint8Array) || exchange.takesBytes) return response;
  if (isUtf8(body)) return { ...response, body: Buffer.from(body).toString('utf8') };
  throw new HttpError(
    'HTTP_RESULT_BINARY_UNSUPPORTED',
    "Bytes for a REST API whose binary media types do not have the request's first Accept type",
  );
}
