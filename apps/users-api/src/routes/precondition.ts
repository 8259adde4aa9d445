import { expectedVersions, unexpectedVersions, type HttpRequest, type NamedVersions } from '@gatehouse/http';
import type { Precondition } from '../domain/precondition.ts';

/**
 * What a change is based on, by If-Match (RFC 9110 13.1.1), by the body's `version`, or both, which then both have to
 * hold; and what it must not meet, by If-None-Match (13.1.2).
 */
export function preconditionOf(request: HttpRequest, version?: number): Precondition {
  const versions = basis(expectedVersions(request), version);
  const notVersions = toNumbers(unexpectedVersions(request));
  return {
    ...(versions === undefined ? {} : { versions }),
    ...(notVersions === undefined ? {} : { notVersions }),
  };
}

function basis(header: NamedVersions, version: number | undefined): Precondition['versions'] | undefined {
  if (version === undefined) {
    return toNumbers(header);
  }
  const holds = header === undefined || header === '*' || header.includes(String(version));
  return holds ? [version] : [];
}

/** Tags are compared as text (RFC 9110 8.8.3.2): `01` and `1.0` are no version, though they are numbers. */
function toNumbers(header: NamedVersions): readonly number[] | 'any' | undefined {
  return header === '*' ? 'any' : header?.filter((text) => String(Number(text)) === text).map(Number);
}
