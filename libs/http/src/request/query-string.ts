import { kernelProblem } from '../problem/kernel-problems.ts';
import type { MultiValues } from './http-request.ts';
import { decodePercent } from './percent-encoding.ts';
import { createRecord } from '../null-record.ts';

const EMPTY: MultiValues = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ createRecord<readonly string[]>());

function decodeForm(text: string): string {
  const decoded = decodePercent(text.replaceAll('+', ' '));
  if (decoded === undefined) throw kernelProblem('HTTP_QUERY_ENCODING_INVALID');
  return decoded;
}

/**
 * `application/x-www-form-urlencoded` pairs (WHATWG URL 5.1), in order: `+` is a space, a key without `=` has the
 * value ''. Throws a problem (400, HTTP_QUERY_ENCODING_INVALID) where the standard would put U+FFFD.
 */
export function parseQueryString(text: string): MultiValues {
  if (text === '') return EMPTY;
  const values = createRecord<string[]>();
  const decode = text.includes('%') || text.includes('+') ? decodeForm : asItIs;
  for (let start = 0; start <= text.length;) {
    const ampersand = text.indexOf('&', start);
    const end = ampersand === -1 ? text.length : ampersand;
    if (end > start) addPair(values, text.slice(start, end), decode);
    start = end + 1;
  }
  return Object.freeze(values);
}

function asItIs(text: string): string {
  return text;
}

function addPair(values: Record<string, string[]>, pair: string, decode: typeof asItIs): void {
  const equals = pair.indexOf('=');
  const key = decode(equals === -1 ? pair : pair.slice(0, equals));
  const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
  const known = values[key];
  if (known === undefined) values[key] = [value];
  else known.push(value);
}

/** What a front has decoded already. `single` counts only where there is no `multi`: it has the last value alone. */
export function queryFromRecords(
  multi: Readonly<Record<string, readonly string[]>> | null | undefined,
  single: Readonly<Record<string, string>> | null | undefined,
): MultiValues {
  if (!multi && !single) return EMPTY;
  const values = createRecord<readonly string[]>();
  if (multi) for (const key of Object.keys(multi)) values[key] = multi[key] ?? [];
  else if (single) for (const key of Object.keys(single)) values[key] = [single[key] ?? ''];
  return Object.freeze(values);
}
