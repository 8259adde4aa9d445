import { HttpError } from '../errors.ts';
import type { Front } from '../request/http-request.ts';
import type { HttpResponse, ResponseHeaders } from './http-response.ts';
import type { LambdaResult } from './lambda-result.ts';

/** RFC 9110 5.6.2. */
const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;

/** Bytes that Lambda takes back from a synchronous invocation, the whole result as JSON. */
export const MAX_RESULT_BYTES = 6 * 1024 * 1024;
/** JSON writes a character as `\uXXXX` at worst: below this many characters no result can be too large. */
const CERTAINLY_FITS_CHARACTERS = Math.floor(MAX_RESULT_BYTES / 6) - 64 * 1024;

export interface ResultOptions {
  readonly front: Front;
  /** The answer to HEAD has no body (RFC 9110 9.3.2). */
  readonly method: string;
}

/**
 * The only place that makes a Lambda result: right for every front by form, so that a gateway never answers 502 for
 * it. Throws HttpError HTTP_RESULT_INVALID, HTTP_RESULT_HEADER_INVALID or HTTP_RESULT_TOO_LARGE.
 *
 * REST and payload 1.0 take repeated headers as `multiValueHeaders`, payload 2.0 takes `cookies` and one value a header;
 * a REST API answers 502 for any other key.
 */
export function toResult(response: HttpResponse, options: ResultOptions): LambdaResult {
  const { status } = response;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new HttpError('HTTP_RESULT_INVALID', `A status is 200-599, not ${String(status)}`);
  }
  const bodiless = status === 204 || status === 304 || options.method === 'HEAD';
  const body = bodiless ? undefined : response.body;
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new HttpError('HTTP_RESULT_INVALID', `A body is a string or bytes, not ${typeof body}`);
  }
  const isBytes = body instanceof Uint8Array;
  const text = isBytes ? toBase64(body) : (body ?? '');
  const headers = checkHeaders(response.headers, response.cookies);
  // RFC 9110 8.6, 15.3.5: a 204 has neither content nor what describes it.
  if (status === 204) delete headers.single['content-type'];
  const result: LambdaResult =
    options.front === 'rest' || options.front === 'http-1.0'
      ? resultV1(status, headers, { text, isBytes })
      : resultV2(status, headers, { text, isBytes });
  if (text.length > CERTAINLY_FITS_CHARACTERS) assertFits(result);
  return result;
}

interface Body {
  readonly text: string;
  readonly isBytes: boolean;
}

const NO_COOKIES: readonly string[] = [];

interface CheckedHeaders {
  /** Lower-case name to its one value, or to all of them joined. */
  readonly single: Record<string, string>;
  /** Names that were given several values. */
  readonly multi: Record<string, string[]> | undefined;
  readonly cookies: readonly string[];
}

function resultV1(statusCode: number, headers: CheckedHeaders, { text: body, isBytes }: Body): LambdaResult {
  const { single, multi, cookies } = headers;
  // A name in both records would be sent twice: REST merges them.
  for (const name in multi) Reflect.deleteProperty(single, name);
  if (cookies.length === 0 && !multi) return { statusCode, headers: single, body, isBase64Encoded: isBytes };
  const multiValueHeaders = cookies.length === 0 ? { ...multi } : { ...multi, 'set-cookie': [...cookies] };
  return { statusCode, headers: single, multiValueHeaders, body, isBase64Encoded: isBytes };
}

function resultV2(statusCode: number, headers: CheckedHeaders, { text: body, isBytes }: Body): LambdaResult {
  const { single, cookies } = headers;
  if (cookies.length === 0) return { statusCode, headers: single, body, isBase64Encoded: isBytes };
  return { statusCode, headers: single, cookies: [...cookies], body, isBase64Encoded: isBytes };
}

function checkHeaders(headers: ResponseHeaders, cookies: readonly string[] | undefined): CheckedHeaders {
  const single: Record<string, string> = {};
  let multi: Record<string, string[]> | undefined;
  let allCookies = cookies ?? NO_COOKIES;
  for (const key in headers) {
    const value: unknown = headers[key];
    if (value === undefined) continue;
    const name = headerName(key);
    if (name === 'set-cookie') {
      allCookies = allCookies.concat(typeof value === 'string' ? value : valuesOf(key, value));
    } else if (typeof value === 'string') {
      assertFieldValue(name, value);
      single[name] = value;
    } else {
      const values = valuesOf(key, value);
      for (const one of values) assertFieldValue(name, one);
      single[name] = values.join(', ');
      if (values.length > 1) (multi ??= {})[name] = values;
    }
  }
  if (allCookies.length > 0) for (const cookie of allCookies) assertFieldValue('set-cookie', cookie);
  return { single, multi, cookies: allCookies };
}

/** Names found right before: they come from code, and so are few. Bounded, in case they do not. */
const knownNames = new Set<string>();
const MAX_KNOWN_NAMES = 256;

function headerName(key: string): string {
  if (knownNames.has(key)) return key;
  if (!TOKEN.test(key)) throw invalidHeader(key, 'its name is not a token');
  const name = key.toLowerCase();
  if (knownNames.size < MAX_KNOWN_NAMES) knownNames.add(name);
  return name;
}

function valuesOf(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw invalidHeader(name, `its value is a ${typeof value}`);
  return value.map(String);
}

function assertFieldValue(name: string, value: unknown): void {
  if (typeof value !== 'string') throw invalidHeader(name, `its value is a ${typeof value}`);
  if (!isFieldValue(value)) {
    throw invalidHeader(name, 'its value has a character that is not printable ASCII');
  }
}

/**
 * Printable ASCII and tab (RFC 9110 5.5, without obs-text): no CR, LF or NUL can split the message. By code units, since
 * values are short: a call of the regular expression engine costs more than they do.
 */
function isFieldValue(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if ((code < 0x20 || code > 0x7e) && code !== 0x09) return false;
  }
  return true;
}

/** Names the header, not its value: that may be an attack, or a secret. */
function invalidHeader(name: string, reason: string): HttpError {
  return new HttpError('HTTP_RESULT_HEADER_INVALID', `Header ${JSON.stringify(name)}: ${reason}`);
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function assertFits(result: LambdaResult): void {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= MAX_RESULT_BYTES) return;
  throw new HttpError(
    'HTTP_RESULT_TOO_LARGE',
    `The result is ${bytes} bytes; Lambda takes back ${MAX_RESULT_BYTES}. Answer in pages, or stream.`,
  );
}
