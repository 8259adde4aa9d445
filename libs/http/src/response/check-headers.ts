import { HttpError } from '../errors.ts';
import { createRecord } from '../null-record.ts';
import type { HeaderRecord } from './http-response.ts';

/** RFC 9110 5.6.2. */
const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;

/** Names found right before: they come from code, and so are few. Bounded, in case they do not. */
const knownNames = /* @__PURE__ */ new Set<string>();
const MAX_KNOWN_NAMES = 256;

/**
 * Checks every name and value, and takes what has several values, and `set-cookie`, out of the record: those are returned, or
 * `undefined` for none. Throws HttpError HTTP_RESULT_HEADER_INVALID.
 */
export function takeListHeaders(headers: HeaderRecord): Record<string, string[]> | undefined {
  let lists: Record<string, string[]> | undefined;
  for (const name in headers) {
    assertName(name);
    const value: unknown = headers[name];
    if (typeof value === 'string' && name !== 'set-cookie') {
      assertValue(name, value);
    } else {
      const values: unknown[] = Array.isArray(value) ? value : [value];
      for (const one of values) assertValue(name, one);
      if (values.length > 0) (lists ??= createRecord())[name] = values as string[];
      Reflect.deleteProperty(headers, name);
    }
  }
  return lists;
}

function assertName(name: string): void {
  if (knownNames.has(name)) return;
  if (!TOKEN.test(name)) throw invalidHeader(name, 'its name is not a token');
  if (knownNames.size < MAX_KNOWN_NAMES) knownNames.add(name);
}

/**
 * Printable ASCII and tab (RFC 9110 5.5, without obs-text): no CR, LF or NUL can split the message. By code units, since
 * values are short: a call of the regular expression engine costs more than they do.
 */
function assertValue(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw invalidHeader(name, `its value is a ${typeof value}`);
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code > 0x7e) {
      throw invalidHeader(name, 'its value has a character that is not printable ASCII');
    }
  }
}

/** Names the header, not its value: that may be an attack, or a secret. */
function invalidHeader(name: string, reason: string): HttpError {
  return new HttpError('HTTP_RESULT_HEADER_INVALID', `Header ${JSON.stringify(name)}: ${reason}`);
}
