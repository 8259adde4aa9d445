import { type OutgoingResponse, type ResponseHeader, textBody } from '../exchange/exchange.ts';
import {
  decodeBase64,
  describe,
  isRecord,
  MalformedResultError,
  readBase64Flag,
  readMultiHeaders,
  readSingleHeaders,
  readStatusCode,
} from '../integration/result-values.ts';
import { HTTP_API_RULES } from './result-v2.ts';

/**
 * Turns a payload format 1.0 result into an HTTP API's response. `headers` come before `multiValueHeaders` (a REST API
 * has it the other way round); unknown members are ignored; base64 is always decoded.
 *
 * @throws MalformedResultError, UndecodableBodyError
 */
export function toResponseV1(result: unknown): OutgoingResponse {
  if (!isRecord(result)) throw new MalformedResultError(`the result is ${describe(result)}, not an object`);
  const status = readStatusCode(result['statusCode']);
  const headers: ResponseHeader[] = [
    ...readSingleHeaders(result['headers']),
    ...readMultiHeaders(result['multiValueHeaders']),
  ];
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.unshift(['Content-Type', HTTP_API_RULES.defaultContentType]);
  }
  const body = result['body'] ?? '';
  if (typeof body !== 'string') throw new MalformedResultError(`body is ${describe(body)}, not a string`);
  return {
    status,
    headers,
    body: readBase64Flag(result['isBase64Encoded']) ? decodeBase64(body) : textBody(body),
  };
}
