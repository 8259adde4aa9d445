import { createRecord } from '../null-record.ts';

/**
 * Cookies by name from `name=value` pairs (RFC 6265 5.4). The first of a repeated name wins: user agents send the
 * one with the longest path first. Values are left as sent, but for surrounding double quotes (RFC 6265 4.1.1).
 */
export function parseCookies(pairs: Iterable<string>): Readonly<Record<string, string>> {
  const cookies = createRecord<string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const name = pair.slice(0, equals).trim();
    if (name === '' || name in cookies) continue;
    const value = pair.slice(equals + 1).trim();
    cookies[name] =
      value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  }
  return Object.freeze(cookies);
}
