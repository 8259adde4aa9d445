import type { OutgoingRequest } from '../http/http-message.ts';

/** The parts that a signature covers. */
export interface CanonicalRequest {
  readonly text: string;
  /** Signed header names, sorted, joined by `;`. */
  readonly signedHeaders: string;
}

/**
 * Headers that proxies change on the way, and those that are added after signing.
 * Source: the lists that AWS SDKs leave unsigned.
 */
const unsignedHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cache-control',
  'connection',
  'expect',
  'from',
  'keep-alive',
  'max-forwards',
  'pragma',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
]);

/**
 * Writes the canonical form of a request.
 * Source: AWS Identity and Access Management user guide, "Create a signed AWS API request", step 1.
 */
export function toCanonicalRequest(request: OutgoingRequest, bodyHash: string): CanonicalRequest {
  const names = Object.keys(request.headers)
    .filter((name) => !unsignedHeaders.has(name) && !/^(?:proxy|sec)-/.test(name))
    .sort();
  const signedHeaders = names.join(';');
  const text = [
    request.method,
    canonicalPath(request.url.pathname),
    canonicalQuery(request.url.search),
    ...names.map((name) => `${name}:${canonicalValue(request.headers[name] ?? '')}`),
    '',
    signedHeaders,
    bodyHash,
  ].join('\n');
  return { text, signedHeaders };
}

/**
 * Each segment of the path is encoded once more than it is sent (all services but S3, which is not signed for here), with empty
 * and dot segments gone.
 */
function canonicalPath(pathname: string): string {
  const segments: string[] = [];
  for (const segment of pathname.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const path = `/${segments.join('/')}`;
  return path !== '/' && pathname.endsWith('/') ? `${path}/` : path;
}

/** Members in the order of their encoded names, then of their encoded values. */
function canonicalQuery(search: string): string {
  if (search.length < 2) return '';
  return search
    .slice(1)
    .split('&')
    .filter((member) => member !== '')
    .map((member) => {
      const equals = member.indexOf('=');
      const name = equals < 0 ? member : member.slice(0, equals);
      const value = equals < 0 ? '' : member.slice(equals + 1);
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A lone `%` is no escape: it stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 3986 2.3: all but letters, digits, `-`, `.`, `_` and `~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Runs of spaces are one space, and none at the ends. */
function canonicalValue(value: string): string {
  return value.trim().replace(/\s+/g, ' ');
}
