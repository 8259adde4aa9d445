/** How each of the three forms of a date begins (RFC 9110 5.6.7): `Sun,`, `Sunday,` and `Sun `. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? /;

/**
 * Seconds from now that Retry-After asks to wait, by seconds or by a date (RFC 9110 10.2.3), rounded up; 0 for a date that is over,
 * `undefined` for what is neither.
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) {
    return Number(value);
  }
  if (!HTTP_DATE.test(value)) {
    return undefined;
  }
  // The oldest form does not name its zone, which is GMT all the same.
  const atMs = Date.parse(value.endsWith(' GMT') ? value : `${value} GMT`);
  return Number.isNaN(atMs) ? undefined : Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}
