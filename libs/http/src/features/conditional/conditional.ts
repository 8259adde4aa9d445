import type { CacheDefinition } from '../../contract/operation.ts';
import type { CatalogueProblem } from '../../problem/catalogue.ts';
import { HttpProblem } from '../../problem/http-problem.ts';
import type { HeaderRecord } from '../../response/http-response.ts';
import type { OperationResponse } from '../../response/operation-response.ts';
import type { Exchange, Feature } from '../feature.ts';
import { expectedVersions, parseEntityTags, toEntityTag, unexpectedVersions } from './entity-tag.ts';

/** What a 304 repeats of the 200 (RFC 9110 15.4.5). */
const HEADERS_OF_304 = ['cache-control', 'content-location', 'date', 'etag', 'expires', 'vary'];

/**
 * Conditional requests and caching (RFC 9110 13, RFC 9111). A result's `version` becomes a strong ETag; GET and HEAD
 * with a matching If-None-Match are answered 304; an operation whose `precondition` is required is answered 428
 * without If-Match. What a change's If-Match and If-None-Match mean for the stored resource only the handler can say:
 * `expectedVersions` and `unexpectedVersions` read them, and the store compares while it writes.
 *
 * Cache-Control is the operation's `cache`, else `private, no-cache` for what has a version (kept, but asked about each time),
 * else `no-store`; a handler's own wins.
 */
export function conditional(): Feature {
  return {
    name: 'conditional',
    serves: ['precondition'],
    admit({ operation, request }) {
      if (operation?.precondition === undefined) return;
      unexpectedVersions(request);
      if (expectedVersions(request) === undefined && operation.precondition === 'required') {
        throw preconditionRequired();
      }
    },
    represent(response, exchange) {
      const { headers, version } = response;
      headers['cache-control'] ??= cacheControl(response, exchange);
      if (version === undefined) return response;
      const known = knownEntityTag(response, exchange);
      headers['etag'] = known ?? toEntityTag(version);
      return known === undefined ? response : notModified(response);
    },
    finish(headers) {
      headers['cache-control'] ??= 'no-store';
    },
  };
}

function preconditionRequired(): HttpProblem {
  return new HttpProblem({
    status: 428,
    title: 'Precondition Required',
    code: 'HTTP_PRECONDITION_REQUIRED',
    detail: 'Name the version that this changes in If-Match.',
  } satisfies CatalogueProblem);
}

function cacheControl({ status, version }: OperationResponse, { operation, request }: Exchange): string {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && status === 200 && operation?.cache) return declaredCacheControl(operation.cache);
  return isRead && version !== undefined ? 'private, no-cache' : 'no-store';
}

function declaredCacheControl({ visibility = 'private', ttlSeconds }: CacheDefinition): string {
  return `${visibility}, max-age=${ttlSeconds}`;
}

/**
 * The tag by which the caller has this very version, coded or not, if it reads and asks: weak comparison (RFC 9110
 * 13.1.2), on successful reads alone (13.2.1). The 304 repeats it, as the 200 would have (15.4.5).
 */
function knownEntityTag(
  { status, version = '' }: OperationResponse,
  { request }: Exchange,
): string | undefined {
  if (status !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
  const header = request.header('if-none-match');
  if (header === undefined) return undefined;
  const tags = parseEntityTags(header);
  if (tags === '*') return toEntityTag(version);
  const known = tags.find((tag) => tag.version === version);
  return known && `"${known.opaque}"`;
}

function notModified({ headers }: OperationResponse): OperationResponse {
  const kept: HeaderRecord = {};
  for (const name of HEADERS_OF_304) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return { status: 304, headers: kept };
}
