import type { Operation, ResponseDefinition } from '../contract/operation.ts';
import { HttpError } from '../errors.ts';
import type { ResponseHeaders } from './http-response.ts';
import type { OperationResponse } from './operation-response.ts';

/** A handler's result as the types of the contract leave it at run time. */
export interface UntypedResult {
  readonly status: number;
  readonly headers?: ResponseHeaders;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly version?: string | number;
}

/**
 * A handler's result with its body as text or bytes. Types keep handlers to their contract; this holds where types were
 * gone round. Throws HttpError HTTP_RESULT_INVALID, which the caller of the API sees as a 500.
 */
export function encodeResult(operation: Operation, result: UntypedResult): OperationResponse {
  const declared = isObject(result) ? operation.responses[result.status] : undefined;
  if (!declared || 'problems' in declared) {
    const answer = isObject(result) ? `status ${result.status}` : typeof result;
    throw new HttpError(
      'HTTP_RESULT_INVALID',
      `${operation.method} ${operation.path} declares no answer ${answer}`,
    );
  }
  const { status, cookies, version } = result;
  const headers: Record<string, string | readonly string[]> = {};
  let body: string | Uint8Array | undefined;
  let stream: OperationResponse['stream'];
  if (result.body !== undefined) {
    headers['content-type'] = declared.contentType ?? 'application/json';
    if (declared.stream) stream = asStream(result.body);
    else body = encodeBody(declared, result.body);
  }
  const given = result.headers;
  for (const name in given) {
    const value = given[name];
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return {
    status,
    headers,
    cookies,
    body,
    stream,
    version: version === undefined ? undefined : String(version),
  };
}

function asStream(body: unknown): AsyncIterable<string | Uint8Array> {
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) {
    return body as AsyncIterable<string | Uint8Array>;
  }
  throw new HttpError('HTTP_RESULT_INVALID', `A streamed body is an async iterable, not ${typeof body}`);
}

function encodeBody(declared: ResponseDefinition, body: unknown): string | Uint8Array {
  const { contentType } = declared;
  if (declared.body === undefined) {
    if (contentType === undefined) {
      throw new HttpError('HTTP_RESULT_INVALID', `"${declared.description}" declares no body`);
    }
    if (typeof body === 'string' || body instanceof Uint8Array) return body;
    throw new HttpError(
      'HTTP_RESULT_INVALID',
      `A ${contentType} body is a string or bytes, not ${typeof body}`,
    );
  }
  const text: unknown = JSON.stringify(body);
  if (typeof text !== 'string') throw new HttpError('HTTP_RESULT_INVALID', `JSON has no ${typeof body}`);
  return text;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
