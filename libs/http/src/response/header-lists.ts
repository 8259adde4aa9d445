import type { HttpResponse, ResponseHeaders } from './http-response.ts';

/**
 * The response with `names` in its Vary header (RFC 9110 12.5.5), each once; what `*` says already is left alone.
 */
export function addVary(response: HttpResponse, ...names: readonly string[]): HttpResponse {
  const current = response.headers['vary'];
  if (current === undefined) return { ...response, headers: { ...response.headers, vary: names.join(', ') } };
  const listed = (typeof current === 'string' ? current : current.join(','))
    .split(',')
    .map((name) => name.trim());
  if (listed.includes('*')) return response;
  const known = new Set(listed.map((name) => name.toLowerCase()));
  const missing = names.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return response;
  return { ...response, headers: { ...response.headers, vary: [...listed, ...missing].join(', ') } };
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
