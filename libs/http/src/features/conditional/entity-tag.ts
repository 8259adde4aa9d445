import { badRequest } from '../../problem/bad-request.ts';
import type { CatalogueProblem } from '../../problem/catalogue.ts';
import { HttpProblem } from '../../problem/http-problem.ts';
import type { HttpRequest } from '../../request/http-request.ts';

/** Content codings that a tag can carry as a suffix; a version that ends in one has a hyphen of it encoded. */
const CODING_SUFFIX = /--(br|gzip|zstd)$/;
/** One entity tag (RFC 9110 8.8.3) at the start of what is left of a list. */
const LISTED_TAG = /^[\s,]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?=,|$)/;
/** What a tag may hold as it is; `%` marks the rest. */
const NOT_IN_TAG = /[^\x21\x23\x24\x26-\x7e]/gu;

/** A strong entity tag of a version. Whatever a tag cannot hold is percent-encoded; different versions never meet. */
export function toEntityTag(version: string): string {
  return `"${version.replace(NOT_IN_TAG, encodeURIComponent).replace(CODING_SUFFIX, '-%2D$1')}"`;
}

/** The tag of the same version under a content coding: strong still, and different (RFC 9110 8.8.3.3). */
export function withCoding(entityTag: string, coding: string): string {
  return entityTag.endsWith('"') && entityTag.length > 1
    ? `${entityTag.slice(0, -1)}--${coding}"`
    : entityTag;
}

export interface EntityTag {
  readonly isWeak: boolean;
  /** The version as the handler named it, without coding; `undefined` for a tag that is no version's. */
  readonly version: string | undefined;
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

/**
 * Tags are compared as text (RFC 9110 8.8.3.2): what only decodes to a version is not its tag, which says the same in one way alone.
 */
function toVersion(opaque: string): string | undefined {
  const uncoded = opaque.replace(CODING_SUFFIX, '');
  try {
    const version = decodeURIComponent(uncoded);
    return toEntityTag(version) === `"${uncoded}"` ? version : undefined;
  } catch {
    return undefined;
  }
}

/** What a precondition names: `*` for any version, `undefined` without the header. */
export type NamedVersions = '*' | readonly string[] | undefined;
type Headers = Pick<HttpRequest, 'header'>;

/**
 * The versions that If-Match names. Weak tags are left out, since the comparison is strong (RFC 9110 13.1.1): a list of them alone
 * matches nothing. Throws a problem (400, HTTP_PRECONDITION_INVALID).
 */
export function expectedVersions(request: Headers): NamedVersions {
  return namedVersions(request.header('if-match'), (tag) => !tag.isWeak);
}

/**
 * The versions that If-None-Match names, by weak comparison (RFC 9110 13.1.2): a change of one of them is 412. On reads the answer is 304,
 * which `conditional()` gives. Throws a problem (400, HTTP_PRECONDITION_INVALID).
 */
export function unexpectedVersions(request: Headers): NamedVersions {
  return namedVersions(request.header('if-none-match'), () => true);
}

function namedVersions(header: string | undefined, isCompared: (tag: EntityTag) => boolean): NamedVersions {
  if (header === undefined) return undefined;
  const tags = parseEntityTags(header);
  return tags === '*'
    ? '*'
    : tags.filter(isCompared).flatMap(({ version }) => (version === undefined ? [] : [version]));
}

/**
 * Throws a problem (412, HTTP_PRECONDITION_FAILED) where If-Match is there and does not name the stored version, or where a request that
 * is no read has an If-None-Match that does (RFC 9110 13.2.2). `undefined` for what is not stored.
 */
export function assertExpectedVersion(
  request: Pick<HttpRequest, 'header' | 'method'>,
  version: string | number | undefined,
): void {
  const expected = expectedVersions(request);
  if (expected !== undefined && !isNamed(version, expected)) {
    throw preconditionFailed('The resource is not of the version that If-Match names.');
  }
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (isNamed(version, unexpectedVersions(request))) {
    throw preconditionFailed('The resource is of a version that If-None-Match names.');
  }
}

function isNamed(version: string | number | undefined, versions: NamedVersions): boolean {
  if (version === undefined || versions === undefined) return false;
  return versions === '*' || versions.includes(String(version));
}

function preconditionFailed(detail: string): HttpProblem {
  return new HttpProblem({
    status: 412,
    title: 'Precondition Failed',
    code: 'HTTP_PRECONDITION_FAILED',
    detail,
  } satisfies CatalogueProblem);
}
