import { isUtf8 } from 'node:buffer';
import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract, Operation } from '../contract/operation.ts';
import { HttpError } from '../errors.ts';
import { collectStreams } from '../streaming/collect-streams.ts';
import type { HttpResponse } from '../response/http-response.ts';
import type { LambdaResult } from '../response/lambda-result.ts';
import { toResult } from '../response/to-result.ts';
import { createPipeline } from './create-pipeline.ts';
import type { HttpHandler, HttpHandlerOptions } from './options.ts';
import type { RequestExchange } from './request-exchange.ts';

/**
 * The Lambda handler of a contract, for all four fronts. Throws a TypeError for a contract, handlers or features that
 * do not fit together.
 */
export function createHttpHandler<const C extends Contract, P extends PrincipalLike = PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
): HttpHandler {
  const features = [collectStreams, ...(options.features ?? [])];
  const streams = Object.values<Operation>(options.contract).some(({ responses }) =>
    Object.values(responses).some((response) => 'stream' in response),
  );
  return createPipeline<LambdaResult, C, P>(
    streams ? { ...options, features } : options,
    (response, exchange) => toResult(deliverable(response, exchange), exchange.request),
  );
}

/** Bytes as text where a REST API would not decode base64: the same octets on the wire, if they are UTF-8. */
function deliverable(response: HttpResponse, exchange: RequestExchange): HttpResponse {
  const { body, status, headers, cookies } = response;
  if (!(body instanceof Uint8Array) || exchange.takesBytes) return response;
  if (isUtf8(body)) return { status, headers, cookies, body: Buffer.from(body).toString('utf8') };
  throw new HttpError(
    'HTTP_RESULT_BINARY_UNSUPPORTED',
    "Bytes for a REST API whose binary media types do not have the request's first Accept type",
  );
}
