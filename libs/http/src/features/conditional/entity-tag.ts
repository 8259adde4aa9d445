import { badRequest } from '../../problem/bad-request.ts';
import type { CatalogueProblem } from '../../problem/catalogue.ts';
import { HttpProblem } from '../../problem/http-problem.ts';
import type { HttpRequest } from '../../request/http-request.ts';

/** Content codings that a tag can carry as a suffix; a version that ends in one has a hyphen of it encoded. */
const CODING_SUFFIX = /--(?=(?:br|gzip|zstd)$)/;
/** One entity tag (RFC 9110 8.8.3) at the start of what is left of a list. */
const LISTED_TAG = /^[\s,]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?=,|$)/;
/** What a tag may hold as it is; `%` marks the rest. */
const NOT_IN_TAG = /[^\x21\x23\x24\x26-\x7e]/gu;

/** A strong entity tag of a version. Whatever a tag cannot hold is percent-encoded; different versions never meet. */
export function toEntityTag(version: string): string {
  return `"${version.replace(NOT_IN_TAG, encodeURIComponent).replace(CODING_SUFFIX, '-%2D')}"`;
}

/** The tag of the same version under a content coding: strong still, and different (RFC 9110 8.8.3.3). */
export function withCoding(entityTag: string, coding: string): string {
  return entityTag.endsWith('"') && entityTag.length > 1
    ? `${entityTag.slice(0, -1)}--${coding}"`
    : entityTag;
}

export interface EntityTag {
  readonly isWeak: boolean;
  /** The version as the handler named it, without coding. */
  readonly version: string;
  /** What stands between the quotes. */
  readonly opaque: string;
}

/**
 * An If-Match or If-None-Match header: `*`, or its tags. Throws a problem (400, HTTP_PRECONDITION_INVALID) for anything
 * else: a precondition that is misread would be one that always fails, or never does.
 */
export function parseEntityTags(header: string): '*' | readonly EntityTag[] {
  if (header.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  for (let rest = header; !/^[\s,]*$/.test(rest);) {
    const [matched, weak, opaque] = LISTED_TAG.exec(rest) ?? [];
    if (matched === undefined || opaque === undefined) throw malformed();
    tags.push({ isWeak: weak !== undefined, version: toVersion(opaque), opaque });
    rest = rest.slice(matched.length);
  }
  if (tags.length === 0) throw malformed();
  return tags;
}

function malformed(): HttpProblem {
  return badRequest('HTTP_PRECONDITION_INVALID', 'If-Match and If-None-Match take quoted entity tags, or *.');
}

function toVersion(opaque: string): string {
  const suffix = opaque.search(CODING_SUFFIX);
  const uncoded = suffix === -1 ? opaque : opaque.slice(0, suffix);
  try {
    return decodeURIComponent(uncoded);
  } catch {
    return uncoded;
  }
}

/**
 * The versions that If-Match names: `*` for any, `undefined` without the header. Weak tags are left out, since the comparison is
 * strong (RFC 9110 13.1.1): a list of them alone matches nothing.
 */
export function expectedVersions(request: Pick<HttpRequest, 'header'>): '*' | readonly string[] | undefined {
  const header = request.header('if-match');
  if (header === undefined) return undefined;
  const tags = parseEntityTags(header);
  return tags === '*' ? '*' : tags.flatMap((tag) => (tag.isWeak ? [] : [tag.version]));
}

/** Throws a problem (412, HTTP_PRECONDITION_FAILED) where If-Match is there and does not name `version`. */
export function assertExpectedVersion(request: Pick<HttpRequest, 'header'>, version: string | number): void {
  const expected = expectedVersions(request);
  if (expected === undefined || expected === '*' || expected.includes(String(version))) return;
  throw new HttpProblem({
    status: 412,
    title: 'Precondition Failed',
    code: 'HTTP_PRECONDITION_FAILED',
    detail: 'The resource is not of the version that If-Match names.',
  } satisfies CatalogueProblem);
}
