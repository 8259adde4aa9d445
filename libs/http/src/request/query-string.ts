import { badRequest } from '../problem/bad-request.ts';
import { createRecord } from '../null-record.ts';
import { decodePercent } from './percent-encoding.ts';

/**
 * `application/x-www-form-urlencoded` pairs (WHATWG URL 5.1), in order: `+` is a space, a key without `=` has the
 * value ''. Throws a problem (400, HTTP_QUERY_ENCODING_INVALID) where the standard would put U+FFFD.
 */
export function parseQueryString(text: string): Record<string, string[]> {
  const values = createRecord<string[]>();
  const decode = text.includes('%') || text.includes('+') ? decodeForm : asItIs;
  for (let start = 0; start < text.length;) {
    const ampersand = text.indexOf('&', start);
    const end = ampersand === -1 ? text.length : ampersand;
    if (end > start) addPair(values, text.slice(start, end), decode);
    start = end + 1;
  }
  return values;
}

function addPair(values: Record<string, string[]>, pair: string, decode: (text: string) => string): void {
  const equals = pair.indexOf('=');
  const key = decode(equals === -1 ? pair : pair.slice(0, equals));
  const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
  const known = values[key];
  if (known === undefined) values[key] = [value];
  else known.push(value);
}

function asItIs(text: string): string {
  return text;
}

function decodeForm(text: string): string {
  const decoded = decodePercent(text.replaceAll('+', ' '));
  if (decoded !== undefined) return decoded;
  throw badRequest('HTTP_QUERY_ENCODING_INVALID', 'The query has a percent sequence that is not UTF-8.');
}
