import { HttpMessageError } from './http-message.ts';

/** How the body is delimited (RFC 9112 6.3). */
export type BodyFraming = { readonly kind: 'length'; readonly bytes: number } | { readonly kind: 'chunked' };

export interface MessageHead {
  readonly start: readonly [string, string, string];
  readonly headers: Map<string, string>;
  readonly framing: BodyFraming;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const DECIMAL = /^[0-9]{1,15}$/;
// eslint-disable-next-line no-control-regex -- RFC 9110 5.5: a field value holds no control character but the tab.
const FORBIDDEN_IN_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * Parses the start line and the fields.
 *
 * @param text everything before the empty line, latin-1, without it.
 * @throws {HttpMessageError} for whatever RFC 9112 does not allow: folded lines, a space before the colon, differing
 * lengths, a length beside chunked coding.
 */
export function parseMessageHead(text: string): MessageHead {
  const lines = text.split('\r\n');
  const headers = new Map<string, string>();
  for (let index = 1; index < lines.length; index++) addField(headers, lines[index] ?? '');
  return { start: parseStartLine(lines[0] ?? ''), headers, framing: framingOf(headers) };
}

/** Adds one `name: value` line; repeated names are joined. */
export function addField(headers: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!TOKEN.test(name)) throw new HttpMessageError('A header line has no valid field name');
  const value = line.slice(colon + 1).trim();
  if (FORBIDDEN_IN_VALUE.test(value)) throw new HttpMessageError('A header value holds a control character');
  const before = headers.get(name);
  headers.set(name, before === undefined ? value : `${before}, ${value}`);
}

function parseStartLine(line: string): readonly [string, string, string] {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  // A response's reason may be empty, and its last space missing.
  const end = second === -1 ? line.length : second;
  const parts = [line.slice(0, first), line.slice(first + 1, end), line.slice(end + 1)] as const;
  const isResponse = parts[0] === 'HTTP/1.1';
  const valid = isResponse
    ? /^[1-9][0-9]{2}$/.test(parts[1])
    : TOKEN.test(parts[0]) && parts[1].startsWith('/') && parts[2] === 'HTTP/1.1';
  if (first <= 0 || !valid) throw new HttpMessageError('The start line is not one of HTTP/1.1');
  return parts;
}

function framingOf(headers: ReadonlyMap<string, string>): BodyFraming {
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (coding !== undefined) {
    if (length !== undefined) throw new HttpMessageError('Both Transfer-Encoding and Content-Length');
    if (coding.toLowerCase() !== 'chunked')
      throw new HttpMessageError('A transfer coding other than chunked');
    return { kind: 'chunked' };
  }
  if (length === undefined) return { kind: 'length', bytes: 0 };
  if (!DECIMAL.test(length)) throw new HttpMessageError('Content-Length is not one decimal number');
  return { kind: 'length', bytes: Number(length) };
}
