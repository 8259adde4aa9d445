import { NO_BODY, type OutgoingResponse, type ResponseHeader, textBody } from '../exchange/exchange.ts';
import {
  decodeBase64,
  describe,
  isRecord,
  MalformedResultError,
  readBase64Flag,
  readHeaderValue,
  readSingleHeaders,
  readStatusCode,
} from '../integration/result-values.ts';

/** Where an HTTP API and a function URL differ on the same result. */
export interface ResultV2Rules {
  /** Sent with a statusCode and without a Content-Type of the function's. */
  readonly defaultContentType: string;
  /** A `body` that is not a string is serialised, instead of refused. */
  readonly serialisesBody: boolean;
}

export const HTTP_API_RULES: ResultV2Rules = {
  defaultContentType: 'text/plain; charset=utf-8',
  serialisesBody: false,
};

/**
 * Turns a payload format 2.0 result into a response. With `statusCode` it is an envelope (unknown members are ignored);
 * anything else is the body of a 200 itself, a string without its quotes.
 *
 * @throws MalformedResultError, UndecodableBodyError
 */
export function toResponseV2(result: unknown, rules: ResultV2Rules): OutgoingResponse {
  if (!isRecord(result) || result['statusCode'] === undefined) return inferred(result);
  const status = readStatusCode(result['statusCode']);
  const headers = [...readSingleHeaders(result['headers']), ...readCookies(result['cookies'])];
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.unshift(['Content-Type', rules.defaultContentType]);
  }
  const isBase64Encoded = readBase64Flag(result['isBase64Encoded']);
  const text = readBodyText(result['body'], rules);
  return { status, headers, body: isBase64Encoded ? decodeBase64(text) : textBody(text) };
}

function inferred(result: unknown): OutgoingResponse {
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: text === '' ? NO_BODY : textBody(text),
  };
}

function readBodyText(body: unknown, rules: ResultV2Rules): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (rules.serialisesBody) return JSON.stringify(body);
  throw new MalformedResultError(`body is ${describe(body)}, not a string`);
}

function readCookies(cookies: unknown): ResponseHeader[] {
  if (cookies === undefined || cookies === null) return [];
  if (!Array.isArray(cookies)) throw new MalformedResultError(`cookies is ${describe(cookies)}, not a list`);
  return cookies.map((cookie) => ['Set-Cookie', readHeaderValue(cookie, 'cookies')] as const);
}
