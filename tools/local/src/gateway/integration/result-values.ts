import { type ResponseHeader, toBuffer } from '../exchange/exchange.ts';

/** A function's result is not what the front takes; the message says which member is wrong. */
export class MalformedResultError extends Error {
  override readonly name = 'MalformedResultError';
}

/** `isBase64Encoded` was true and the body is no base64. */
export class UndecodableBodyError extends Error {
  override readonly name = 'UndecodableBodyError';
}

/** The names RFC 9110 allows for a header. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const CONTROL_CHARACTER = /[\u0000-\u0008\u000a-\u001f\u007f]/; // eslint-disable-line no-control-regex -- they are what is refused

/** @throws MalformedResultError when the payload is no JSON. */
export function parseResult(payload: Uint8Array): unknown {
  if (payload.byteLength === 0) return null;
  try {
    return JSON.parse(toBuffer(payload).toString('utf8')) as unknown;
  } catch {
    throw new MalformedResultError('the result is not JSON');
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads `statusCode`: a whole number, or a string of one, from 200 to 599.
 *
 * @throws MalformedResultError
 */
export function readStatusCode(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new MalformedResultError(`statusCode is ${describe(value)}, not a status from 200 to 599`);
  }
  return status;
}

/**
 * Reads a `headers` object. Scalars become strings, null values are left out.
 *
 * @throws MalformedResultError
 */
export function readSingleHeaders(value: unknown, member = 'headers'): ResponseHeader[] {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) throw new MalformedResultError(`${member} is ${describe(value)}, not an object`);
  return Object.entries(value)
    .filter(([, item]) => item !== null)
    .map(([name, item]) => [readHeaderName(name), readHeaderValue(item, `${member}.${name}`)] as const);
}

/**
 * Reads a `multiValueHeaders` object, every value a list.
 *
 * @throws MalformedResultError
 */
export function readMultiHeaders(value: unknown): ResponseHeader[] {
  if (value === undefined || value === null) return [];
  if (!isRecord(value))
    throw new MalformedResultError(`multiValueHeaders is ${describe(value)}, not an object`);
  return Object.entries(value).flatMap(([name, items]) => {
    if (!Array.isArray(items)) {
      throw new MalformedResultError(`multiValueHeaders.${name} is ${describe(items)}, not a list`);
    }
    const checked = readHeaderName(name);
    return items.map((item) => [checked, readHeaderValue(item, `multiValueHeaders.${name}`)] as const);
  });
}

/** @throws MalformedResultError for a value that is no scalar or that a header cannot carry. */
export function readHeaderValue(value: unknown, member: string): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new MalformedResultError(`${member} is ${describe(value)}, not a string`);
  }
  const text = String(value);
  if (CONTROL_CHARACTER.test(text)) throw new MalformedResultError(`${member} holds a control character`);
  return text;
}

function readHeaderName(name: string): string {
  if (!HEADER_NAME.test(name)) throw new MalformedResultError(`${JSON.stringify(name)} is no header name`);
  return name;
}

/** @throws MalformedResultError when it is neither absent nor a boolean (as such or in quotes). */
export function readBase64Flag(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw new MalformedResultError(`isBase64Encoded is ${describe(value)}, not a boolean`);
}

/** @throws UndecodableBodyError */
export function decodeBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) {
    throw new UndecodableBodyError('isBase64Encoded is true and the body is no base64');
  }
  return Buffer.from(text, 'base64');
}

/** A value for a message, never its content beyond a scalar. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return value.length > 40 ? 'a string' : JSON.stringify(value);
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
  }
}
