import type { HttpResponse, ResponseHeaders } from './http-response.ts';

/**
 * The response with more headers, each in place of one of the same name. (A loop: an object spread with keys after it is
 * thirty times slower in V8 11.)
 */
export function withHeaders(
  response: HttpResponse,
  added: ResponseHeaders,
  addedToo?: ResponseHeaders,
): HttpResponse {
  const headers: Record<string, string | readonly string[]> = {};
  for (const name in response.headers) headers[name] = response.headers[name] ?? '';
  for (const name in added) headers[name] = added[name] ?? '';
  for (const name in addedToo) headers[name] = addedToo[name] ?? '';
  const { status, cookies, body, stream } = response;
  return { status, headers, cookies, body, stream };
}

/** A Vary value with `names` in it (RFC 9110 12.5.5), each once; what `*` says already is left alone. */
export function varyOn(current: string | readonly string[] | undefined, names: string): string {
  if (current === undefined) return names;
  const text = typeof current === 'string' ? current : current.join(',');
  const listed = splitList(text);
  if (listed.includes('*')) return text;
  const known = new Set(listed.map((name) => name.toLowerCase()));
  return [...listed, ...splitList(names).filter((name) => !known.has(name.toLowerCase()))].join(', ');
}

function splitList(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/** The headers with their names in lower case; the later of two names that differ in case alone wins. */
export function lowerCaseNames(headers: ResponseHeaders = {}): ResponseHeaders {
  const lower: Record<string, string | readonly string[]> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) lower[name.toLowerCase()] = value;
  }
  return lower;
}
