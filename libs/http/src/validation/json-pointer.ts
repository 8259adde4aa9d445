import type { StandardSchemaV1 } from '@standard-schema/spec';

/** A key is the caller's text: pointers to a few of them must not make an answer that is too large to send. */
const MAX_KEY_LENGTH = 100;

/** One member of a JSON pointer (RFC 6901 3): `~` and `/` escaped, and cut after 100 characters. */
export function pointerToken(key: PropertyKey): string {
  return `/${String(key).slice(0, MAX_KEY_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The pointer of a schema's issue; '' when it is about the whole value. */
export function issuePointer(issue: StandardSchemaV1.Issue): string {
  let pointer = '';
  for (const segment of issue.path ?? []) {
    pointer += pointerToken(typeof segment === 'object' ? segment.key : segment);
  }
  return pointer;
}
