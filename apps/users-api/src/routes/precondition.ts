import type { HttpRequest } from '@gatehouse/http';
import type { Precondition } from '../domain/precondition.ts';

/** One strong entity tag of a version. Weak ones never match If-Match (RFC 9110 8.8.3.2), so they are passed over. */
const versionTag = /^"([1-9]\d{0,15})"$/;

/**
 * What a change is based on, by If-Match (RFC 9110 13.1.1), by the body's `version`, or both, which then both have to
 * hold. `undefined` when the request says neither.
 */
export function preconditionOf(request: HttpRequest, version?: number): Precondition | undefined {
  const header = ifMatch(request.header('if-match'));
  if (version === undefined) {
    return header;
  }
  const holds = header === undefined || header.versions === 'any' || header.versions.includes(version);
  return { versions: holds ? [version] : [] };
}

function ifMatch(value: string | undefined): Precondition | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (value.trim() === '*') {
    return { versions: 'any' };
  }
  const versions = value.split(',').flatMap((tag) => {
    const digits = versionTag.exec(tag.trim())?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
  return { versions };
}
