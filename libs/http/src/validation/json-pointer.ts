import type { StandardSchemaV1 } from '@standard-schema/spec';

/** One member of a JSON pointer (RFC 6901 3): `~` and `/` escaped. */
export function pointerToken(key: PropertyKey): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The pointer of a schema's issue; '' when it is about the whole value. */
export function issuePointer(issue: StandardSchemaV1.Issue): string {
  let pointer = '';
  for (const segment of issue.path ?? []) {
    pointer += pointerToken(typeof segment === 'object' ? segment.key : segment);
  }
  return pointer;
}
