import { type OutgoingResponse, toBuffer } from '../exchange/exchange.ts';
import {
  isRecord,
  MalformedResultError,
  readHeaderValue,
  readSingleHeaders,
  readStatusCode,
} from '../integration/result-values.ts';

/** What `HttpResponseStream.from` declares: a JSON prelude, eight NUL bytes, the body. */
export const STREAM_PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const SEPARATOR = Buffer.alloc(8);

/**
 * The response of a URL with invoke mode RESPONSE_STREAM. Without a prelude the payload is the body as it is: an ordinary
 * handler's envelope reaches the client uninterpreted.
 *
 * @throws MalformedResultError
 */
export function toStreamedResponse(payload: Uint8Array, contentType: string | undefined): OutgoingResponse {
  if (contentType !== STREAM_PRELUDE_TYPE) {
    return {
      status: 200,
      headers: [['Content-Type', contentType ?? 'application/octet-stream']],
      body: payload,
    };
  }
  const bytes = toBuffer(payload);
  const end = bytes.indexOf(SEPARATOR);
  if (end < 0) throw new MalformedResultError('the stream has no end of its prelude');
  const prelude = parsePrelude(bytes.subarray(0, end).toString('utf8'));
  const cookies: readonly unknown[] = Array.isArray(prelude['cookies']) ? prelude['cookies'] : [];
  const headers = [
    ...readSingleHeaders(prelude['headers']),
    ...cookies.map((cookie) => ['Set-Cookie', readHeaderValue(cookie, 'cookies')] as const),
  ];
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.unshift(['Content-Type', 'application/octet-stream']);
  }
  return {
    status: readStatusCode(prelude['statusCode'] ?? 200),
    headers,
    body: bytes.subarray(end + SEPARATOR.length),
  };
}

function parsePrelude(text: string): Readonly<Record<string, unknown>> {
  try {
    const prelude: unknown = JSON.parse(text);
    if (isRecord(prelude)) return prelude;
  } catch {
    // Told below, like a prelude that is no object.
  }
  throw new MalformedResultError("the stream's prelude is not a JSON object");
}
