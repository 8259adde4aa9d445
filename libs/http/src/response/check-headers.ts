import { HttpError } from '../errors.ts';
import { createRecord } from '../null-record.ts';
import type { HeaderRecord } from './http-response.ts';

/** What printable text has and a token has not (RFC 9110 5.6.2). */
const NOT_IN_TOKENS = ' \t"(),/:;<=>?@[\\]{}';

/** The last value of each name that was found right: most headers of most answers are what they were before. */
const accepted = /* @__PURE__ */ new Map<string, string>();
/** Names come from code, and so are few. Bounded, in case they do not. */
const MAX_ACCEPTED = 256;

/**
 * Checks every name and value, and takes what has several values, and `set-cookie`, out of the record: those are returned, or
 * `undefined` for none. Throws HttpError HTTP_RESULT_HEADER_INVALID.
 */
export function takeListHeaders(headers: HeaderRecord): Record<string, string[]> | undefined {
  let lists: Record<string, string[]> | undefined;
  for (const name in headers) {
    const value: unknown = headers[name];
    const known = accepted.get(name);
    if (known !== undefined && known === value) continue;
    if (known === undefined && (name === '' || !isPrintable(name, NOT_IN_TOKENS))) {
      throw invalidHeader(name, 'its name is not a token');
    }
    if (typeof value === 'string' && name !== 'set-cookie') {
      assertValue(name, value);
      if (accepted.size >= MAX_ACCEPTED) accepted.clear();
      accepted.set(name, value);
    } else {
      const values: unknown[] = Array.isArray(value) ? value : [value];
      for (const one of values) assertValue(name, one);
      if (values.length > 0) (lists ??= createRecord())[name] = values as string[];
      Reflect.deleteProperty(headers, name);
    }
  }
  return lists;
}

/** RFC 9110 5.5, without obs-text: no CR, LF or NUL can split the message. */
function assertValue(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw invalidHeader(name, `its value is a ${typeof value}`);
  if (!isPrintable(value)) {
    throw invalidHeader(name, 'its value has a character that is not printable ASCII');
  }
}

/**
 * Printable ASCII and tab alone, and nothing of `refused`. By code units, since texts are short: a call of the regular expression
 * engine costs more than they do.
 */
function isPrintable(text: string, refused = ''): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code > 0x7e) return false;
    if (refused !== '' && refused.includes(text.charAt(index))) return false;
  }
  return true;
}

/** Names the header, not its value: that may be an attack, or a secret. */
function invalidHeader(name: string, reason: string): HttpError {
  return new HttpError('HTTP_RESULT_HEADER_INVALID', `Header ${JSON.stringify(name)}: ${reason}`);
}
