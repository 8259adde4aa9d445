import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import { HttpError } from '../errors.ts';
import { decodeUtf8 } from '../request/utf-8.ts';
import { finishResult } from '../response/to-result.ts';
import { createPipeline } from './create-pipeline.ts';
import type { HttpHandler, HttpHandlerOptions } from './options.ts';

/**
 * The Lambda handler of a contract, for all four fronts. Throws a TypeError for a contract, handlers or features that
 * do not fit together.
 */
export function createHttpHandler<const C extends Contract, P extends PrincipalLike = PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
): HttpHandler {
  return createPipeline(options, (response, exchange) => {
    const { body } = response;
    const isRefused = body instanceof Uint8Array && !exchange.takesBytes;
    return finishResult(isRefused ? { ...response, body: asText(body) } : response, exchange.request);
  });
}

/** Bytes as text where a REST API would not decode base64: the same octets on the wire, if they are UTF-8. */
function asText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  throw new HttpError(
    'HTTP_RESULT_BINARY_UNSUPPORTED',
    "Bytes for a REST API whose binary media types do not have the request's first Accept type",
  );
}
