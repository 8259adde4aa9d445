import type { Operation, ResponseDefinition } from '../contract/operation.ts';
import { HttpError } from '../errors.ts';
import { lowerCaseNames } from './header-lists.ts';
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
  const given = result.headers ? lowerCaseNames(result.headers) : undefined;
  const response = {
    status,
    ...(cookies && { cookies }),
    ...(version !== undefined && { version: String(version) }),
  };
  if (result.body === undefined) return { ...response, headers: given ?? {} };
  const { body, contentType } = encodeBody(declared, result.body);
  return { ...response, headers: { 'content-type': contentType, ...given }, body };
}

function encodeBody(
  declared: ResponseDefinition,
  body: unknown,
): { readonly body: string | Uint8Array; readonly contentType: string } {
  const contentType = declared.contentType ?? 'application/json';
  const isRaw = declared.body === undefined && declared.contentType !== undefined;
  if (isRaw) {
    if (typeof body === 'string' || body instanceof Uint8Array) return { body, contentType };
    throw new HttpError(
      'HTTP_RESULT_INVALID',
      `A ${contentType} body is a string or bytes, not ${typeof body}`,
    );
  }
  if (declared.body === undefined) {
    throw new HttpError('HTTP_RESULT_INVALID', `"${declared.description}" declares no body`);
  }
  const text: unknown = JSON.stringify(body);
  if (typeof text !== 'string') throw new HttpError('HTTP_RESULT_INVALID', `JSON has no ${typeof body}`);
  return { body: text, contentType };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
