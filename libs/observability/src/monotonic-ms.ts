/**
 * Milliseconds, with fractions, from a clock that only goes forward; for durations and deadlines, not for dates. The same
 * as `performance.now` in all but its origin, and without `node:perf_hooks`, which that loads at its first use: one to two
 * milliseconds of a cold start.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
