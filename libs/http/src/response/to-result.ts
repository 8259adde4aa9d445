import { HttpError } from '../errors.ts';
import type { Front } from '../request/http-request.ts';
import { takeListHeaders } from './check-headers.ts';
import { lowerCaseNames } from './header-record.ts';
import type { HttpResponse, OutgoingResponse } from './http-response.ts';
import type { LambdaResult, LambdaResultV1, LambdaResultV2 } from './lambda-result.ts';

/** Bytes that Lambda takes back from a synchronous invocation, the whole result as JSON. */
export const MAX_RESULT_BYTES = 6 * 1024 * 1024;
/** JSON writes a character as `\uXXXX` at worst: below this many characters no result can be too large. */
const CERTAINLY_FITS_CHARACTERS = MAX_RESULT_BYTES / 6 - 64 * 1024;

export interface ResultOptions {
  readonly front: Front;
  /** The answer to HEAD has no body (RFC 9110 9.3.2). */
  readonly method: string;
}

/**
 * A response as its front takes it: right by form for every front, so that a gateway never answers 502 for it. Throws HttpError
 * HTTP_RESULT_INVALID, HTTP_RESULT_HEADER_INVALID or HTTP_RESULT_TOO_LARGE.
 */
export function toResult(response: HttpResponse, options: ResultOptions): LambdaResult {
  return finishResult({ ...response, headers: lowerCaseNames(response.headers) }, options);
}

/**
 * The only place that makes a Lambda result; the response's header record becomes the result's own.
 *
 * REST and payload 1.0 take repeated headers as `multiValueHeaders`, payload 2.0 takes `cookies` and one value a header;
 * a REST API answers 502 for any other key.
 */
export function finishResult(response: OutgoingResponse, { front, method }: ResultOptions): LambdaResult {
  const { status: statusCode, headers } = response;
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw new HttpError('HTTP_RESULT_INVALID', `A status is 200-599, not ${String(statusCode)}`);
  }
  const isBodiless = statusCode === 204 || statusCode === 304 || method === 'HEAD';
  const content: unknown = isBodiless ? '' : (response.body ?? '');
  assertBody(content);
  const isBase64Encoded = typeof content !== 'string';
  const body = isBase64Encoded ? Buffer.from(content).toString('base64') : content;
  // RFC 9110 8.6, 15.3.5: a 204 has neither content nor what describes it.
  if (statusCode === 204) delete headers['content-type'];
  if (response.cookies) headers['set-cookie'] = [response.cookies, headers['set-cookie'] ?? []].flat();
  const lists = takeListHeaders(headers);
  const result: Draft = { statusCode, headers: headers as Record<string, string>, body, isBase64Encoded };
  if (lists) addLists(result, lists, front === 'rest' || front === 'http-1.0');
  if (body.length > CERTAINLY_FITS_CHARACTERS) assertFits(result);
  return result;
}

type AnyResult = LambdaResultV1 & LambdaResultV2;
type Draft = { -readonly [Key in keyof AnyResult]: AnyResult[Key] };

function addLists(result: Draft, lists: Record<string, string[]>, isV1: boolean): void {
  if (isV1) {
    result.multiValueHeaders = lists;
    return;
  }
  for (const name of Object.keys(lists)) {
    const values = lists[name] ?? [];
    if (name === 'set-cookie') result.cookies = values;
    else result.headers[name] = values.join(', ');
  }
}

/** Throws HttpError HTTP_RESULT_INVALID. */
export function assertBody(body: unknown): asserts body is string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return;
  throw new HttpError('HTTP_RESULT_INVALID', `A body is a string or bytes, not ${typeof body}`);
}

function assertFits(result: LambdaResult): void {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= MAX_RESULT_BYTES) return;
  throw new HttpError(
    'HTTP_RESULT_TOO_LARGE',
    `The result is ${bytes} bytes; Lambda takes back ${MAX_RESULT_BYTES}. Answer in pages, or stream.`,
  );
}
