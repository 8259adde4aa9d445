import type { Operation, ResponseDefinition } from '../contract/operation.ts';
import { HttpError } from '../errors.ts';
import { lowerCaseNames } from './header-record.ts';
import type { ResponseHeaders } from './http-response.ts';
import type { OperationResponse } from './operation-response.ts';
import { assertBody } from './to-result.ts';

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
export function encodeResult(result: UntypedResult | undefined, operation: Operation): OperationResponse {
  const { status, headers: given, cookies, body, version }: Partial<UntypedResult> = result ?? {};
  const declared = status === undefined ? undefined : operation.responses[status];
  if (status === undefined || !declared || 'problems' in declared) {
    throw invalid(`${operation.method} ${operation.path} declares no answer ${status}`);
  }
  if (body === undefined && declared.body !== undefined)
    throw invalid('The answer lacks the body that it declares');
  const headers = lowerCaseNames(given);
  if (body !== undefined) headers['content-type'] ??= declared.contentType ?? 'application/json';
  return {
    status,
    headers,
    cookies,
    body: body === undefined || declared.stream ? undefined : encodeBody(declared, body),
    stream: declared.stream && (body as OperationResponse['stream']),
    version: version === undefined ? undefined : String(version),
  };
}

function encodeBody({ body: schema, contentType }: ResponseDefinition, body: unknown): string | Uint8Array {
  const encoded: unknown = schema === undefined ? body : JSON.stringify(body);
  if (schema === undefined && contentType === undefined) throw invalid('The answer declares no body');
  assertBody(encoded);
  return encoded;
}

function invalid(message: string): HttpError {
  return new HttpError('HTTP_RESULT_INVALID', message);
}
