import { ClientsError } from '../errors.ts';
import { createBoundedMemo } from './bounded-memo.ts';
import type { HttpClientRequest, OutgoingRequest } from './http-message.ts';
import { acceptedEncodings } from './inflate.ts';

/** RFC 9110 5.6.2: what a method and a header's name are made of. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 5.5: visible characters, spaces, tabs and bytes beyond ASCII; no line break can be in it. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** What the URL parser would silently drop or turn into something else. */
const ambiguousUrl = /[^!-[\]-~\u0080-\u{10ffff}]/u;

/** Headers that frame the message or belong to one connection: the client's own. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const encoder = new TextEncoder();
const noBody = new Uint8Array();

/** What is sent where the request does not say otherwise. */
export interface HeaderDefaults {
  readonly userAgent: string;
  readonly accept: string;
}

/** A request that was checked; headers that carry a trace may still be added. */
export interface PreparedRequest extends OutgoingRequest {
  readonly headers: Record<string, string>;
}

/**
 * Checks a request and writes it out: whatever its parts hold, it is sent as one request to the URL's own host.
 * @throws {ClientsError} CLIENTS_REQUEST_INVALID
 */
export function prepareRequest(request: HttpClientRequest, defaults: HeaderDefaults): PreparedRequest {
  const url = addQuery(parseUrl(String(request.url)), request.query);
  const body = encodeBody(request);
  const method = (request.method ?? (body === noBody ? 'GET' : 'POST')).toUpperCase();
  if (!token.test(method) || method === 'CONNECT' || method === 'TRACE')
    throw invalid('the method cannot be sent');

  const headers: Record<string, string> = {
    'user-agent': defaults.userAgent,
    accept: defaults.accept,
    'accept-encoding': acceptedEncodings,
  };
  if (request.json !== undefined) headers['content-type'] = 'application/json';
  if (request.headers !== undefined) addHeaders(headers, request.headers);
  // A length of 0 is said too, for methods whose meaning has a body (RFC 9110 8.6).
  if (body.byteLength > 0 || method === 'POST' || method === 'PUT' || method === 'PATCH') {
    headers['content-length'] = String(body.byteLength);
  }
  return { method, url, headers, body };
}

function addHeaders(headers: Record<string, string>, added: NonNullable<HttpClientRequest['headers']>): void {
  for (const name of Object.keys(added)) {
    const value = added[name];
    if (value !== undefined) headers[checkedName(name)] = checkedValue(name, value);
  }
}

/** Functions call few URLs, many times: each is checked and parsed once. */
const parseUrl = createBoundedMemo(200, (text): Readonly<URL> => {
  if (ambiguousUrl.test(text)) throw invalid('the URL has a control character, a space or a backslash');
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw invalid('the URL is not absolute', cause);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw invalid(`the URL's scheme is ${url.protocol}`);
  if (url.username !== '' || url.password !== '') throw invalid('the URL has user information');
  url.hash = '';
  return url;
});

/** The URL with the query's members; the URL that is given stays as it is. */
function addQuery(url: Readonly<URL>, query: HttpClientRequest['query']): Readonly<URL> {
  if (query === undefined) return url;
  const members: string[] = url.search === '' ? [] : [url.search.slice(1)];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values = typeof value === 'object' ? value : [String(value)];
    for (const one of values) members.push(`${encodeQuery(name)}=${encodeQuery(one)}`);
  }
  const extended = new URL(url.href);
  extended.search = members.join('&');
  return extended;
}

function encodeQuery(text: string): string {
  try {
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch (cause) {
    throw invalid('the query is not well-formed Unicode', cause);
  }
}

function encodeBody(request: HttpClientRequest): Uint8Array {
  if (request.json !== undefined) {
    if (request.body !== undefined) throw invalid('the request has a body and a JSON value');
    const text = JSON.stringify(request.json) as string | undefined;
    if (text === undefined) throw invalid('the value cannot be written as JSON');
    return encoder.encode(text);
  }
  if (request.body === undefined) return noBody;
  return typeof request.body === 'string' ? encoder.encode(request.body) : request.body;
}

function checkedName(name: string): string {
  const lower = name.toLowerCase();
  if (!token.test(name)) throw invalid('a header name has a character that no name has');
  if (ownHeaders.has(lower)) throw invalid(`the header ${lower} is the client's own`);
  return lower;
}

function checkedValue(name: string, value: string): string {
  // The value is left out of the message: it may be a secret.
  if (!fieldValue.test(value))
    throw invalid(`the value of ${name.toLowerCase()} has a character that no value has`);
  return value;
}

function invalid(message: string, cause?: unknown): ClientsError {
  return new ClientsError('CLIENTS_REQUEST_INVALID', message, { cause });
}
