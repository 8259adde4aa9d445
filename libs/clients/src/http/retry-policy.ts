import type { TransportError } from './transport.ts';

/** First and longest pause of the backoff. */
const baseMs = 50;
const longestMs = 2_000;

/** Methods that may be repeated (RFC 9110 9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** True when sending twice has the effect of sending once. */
export function isIdempotent(method: string, headers: Readonly<Record<string, string>>): boolean {
  return idempotentMethods.has(method) || headers['idempotency-key'] !== undefined;
}

/** What is known when it is decided whether to try again. */
export interface Try {
  readonly idempotent: boolean;
  /** Milliseconds that the other side asked to wait. */
  readonly retryAfterMs: number | undefined;
}

/**
 * True for answers that may be different a moment later. 429 and 503 with Retry-After say that the request was not
 * taken on, so they are repeated whatever it does; other failures of a server only where it does no harm.
 */
export function isRetryableStatus(status: number, { idempotent, retryAfterMs }: Try): boolean {
  if (status === 429 || status === 503) return idempotent || retryAfterMs !== undefined;
  return idempotent && (status === 500 || status === 502 || status === 504);
}

/** True for failures after which the request can be sent again without harm. */
export function isRetryableFailure(error: TransportError, idempotent: boolean): boolean {
  return error.retryable && (idempotent || !error.sent);
}

/**
 * The pause before the next try: anything between nothing and a limit that doubles with each try ("full jitter"), after
 * the time that the other side asked for. Those who were told the same time do not all come back at once.
 */
export function pauseMs(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  const limit = Math.min(longestMs, baseMs * 2 ** (attempt - 1));
  return (retryAfterMs ?? 0) + random() * limit;
}

/** Reads Retry-After, seconds or a date (RFC 9110 10.2.3), in milliseconds from now; undefined when it is neither. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  // Date.parse takes almost anything for a date; HTTP's have letters.
  const at = /[A-Za-z]/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
