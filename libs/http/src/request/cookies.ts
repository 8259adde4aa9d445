import { createRecord } from '../null-record.ts';
import type { HttpRequest } from './http-request.ts';

/**
 * A request's cookies by name (RFC 6265 5.4). The first of a repeated name wins: user agents send the one with the
 * longest path first. Values are left as sent, but for surrounding double quotes (RFC 6265 4.1.1).
 */
export function cookies(request: Pick<HttpRequest, 'headers'>): Readonly<Record<string, string>> {
  const values = createRecord<string>();
  for (const pair of request.headers['cookie']?.flatMap((header) => header.split(';')) ?? []) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, equals)).trim();
    if (name === '' || name in values) continue;
    const value = pair.slice(equals + 1).trim();
    values[name] = /^".*"$/.test(value) ? value.slice(1, -1) : value;
  }
  return Object.freeze(values);
}
