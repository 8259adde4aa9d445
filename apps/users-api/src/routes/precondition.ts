import { expectedVersions, type HttpRequest } from '@gatehouse/http';
import type { Precondition } from '../domain/precondition.ts';

/**
 * What a change is based on, by If-Match (RFC 9110 13.1.1), by the body's `version`, or both, which then both have to
 * hold. `undefined` when the request says neither.
 */
export function preconditionOf(request: HttpRequest, version?: number): Precondition | undefined {
  const header = expectedVersions(request);
  if (version === undefined) {
    return header === undefined ? undefined : { versions: header === '*' ? 'any' : header.map(Number) };
  }
  const holds = header === undefined || header === '*' || header.includes(String(version));
  return { versions: holds ? [version] : [] };
}
