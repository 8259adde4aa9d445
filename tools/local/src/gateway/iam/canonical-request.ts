import { createHash } from 'node:crypto';
import { type HeaderLines, headerValues } from '../exchange/header-lines.ts';
import { decodeFormText } from '../exchange/percent-decoding.ts';

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string;
  /** As it was sent, encoded. */
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
}

/** The canonical request of Signature Version 4, for every service but S3 (paths are encoded once more). */
export function toCanonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.rawQuery),
    ...signedHeaders.map((key) => `${key}:${headerValues(request.headers, key).map(trimAll).join(',')}`),
    '',
    signedHeaders.join(';'),
    createHash('sha256').update(request.body).digest('hex'),
  ].join('\n');
}

/** Dot segments resolved, repeated slashes made one, every segment encoded on top of the encoding it came with. */
function canonicalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(encodeStrictly(segment));
  }
  const trailing = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${trailing}`;
}

/** Pairs sorted by encoded name, then value; the signature itself is not signed. */
function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = decodeFormText(equals < 0 ? part : part.slice(0, equals));
      const value = equals < 0 ? '' : decodeFormText(part.slice(equals + 1));
      return [encodeStrictly(name), encodeStrictly(value)] as const;
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** RFC 3986: everything but unreserved characters. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function trimAll(value: string): string {
  return value.trim().replace(/ +/g, ' ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
