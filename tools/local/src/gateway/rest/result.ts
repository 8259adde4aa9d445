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

/** All that a proxy result may hold: any other member makes it malformed. */
const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * Turns a proxy integration's result into a response. Everything is optional: `{}` is an empty 200.
 *
 * @param acceptsBinary the request's Accept and the API's binaryMediaTypes let base64 be decoded.
 * @throws MalformedResultError (502), UndecodableBodyError (500)
 */
export function toRestResponse(result: unknown, acceptsBinary: boolean): OutgoingResponse {
  if (!isRecord(result)) throw new MalformedResultError(`the result is ${describe(result)}, not an object`);
  const unknown = Object.keys(result).find((member) => !MEMBERS.has(member));
  if (unknown !== undefined) {
    throw new MalformedResultError(
      `the result has the member ${JSON.stringify(unknown)}, which a REST API refuses`,
    );
  }
  const statusCode = result['statusCode'] ?? undefined;
  const status = statusCode === undefined ? 200 : readStatusCode(statusCode);
  const headers = mergeHeaders(
    readMultiHeaders(result['multiValueHeaders']),
    readSingleHeaders(result['headers']),
  );
  const isBase64Encoded = readBase64Flag(result['isBase64Encoded']);
  const text = readBodyText(result['body']);
  const body = isBase64Encoded && acceptsBinary ? decodeBase64(text) : textBody(text);
  return { status, headers: withDefaultType(headers), body };
}

/**
 * `multiValueHeaders` and then `headers`, equal without regard to case: the multi-value casing holds, a single value
 * that is there already is not repeated.
 */
function mergeHeaders(multi: readonly ResponseHeader[], single: readonly ResponseHeader[]): ResponseHeader[] {
  if (multi.length === 0) return [...single];
  const merged = [...multi];
  for (const [name, value] of single) {
    const same = multi.filter(([other]) => other.toLowerCase() === name.toLowerCase());
    if (same.some(([, other]) => other === value)) continue;
    const at = merged.findLastIndex(([other]) => other.toLowerCase() === name.toLowerCase());
    merged.splice(at < 0 ? merged.length : at + 1, 0, [same[0]?.[0] ?? name, value]);
  }
  return merged;
}

function withDefaultType(headers: readonly ResponseHeader[]): ResponseHeader[] {
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return hasType ? [...headers] : [['Content-Type', 'application/json'], ...headers];
}

/** Scalars become text, as the service's own parser makes them. */
function readBodyText(body: unknown): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (typeof body === 'number' || typeof body === 'boolean') return String(body);
  throw new MalformedResultError(`body is ${describe(body)}, not a string`);
}
