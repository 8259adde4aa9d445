import { AuthError } from '../errors.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

/** Epoch seconds in decimal: no sign, no fraction, no leading zero; 11 digits reach the year 5138. */
const EPOCH_SECONDS = /^(?:0|[1-9]\d{0,10})$/;

/**
 * The one value of a header that must be there once.
 * @throws AuthError `AUTH_WEBHOOK_HEADER` when it is absent, repeated, or breaks `grammar`.
 */
export function oneHeader(delivery: WebhookDelivery, name: string, grammar: RegExp): string {
  const [value, ...others] = delivery.header(name);
  if (value === undefined || others.length > 0 || !grammar.test(value)) {
    throw new AuthError('AUTH_WEBHOOK_HEADER', { detail: name });
  }
  return value;
}

/**
 * A signed time as epoch seconds.
 * @throws AuthError `AUTH_WEBHOOK_HEADER` when it is not decimal epoch seconds.
 */
export function parseEpochSeconds(text: string, name: string): number {
  if (!EPOCH_SECONDS.test(text)) throw new AuthError('AUTH_WEBHOOK_HEADER', { detail: name });
  return Number(text);
}

/**
 * Refuses a signed time further from now than the tolerance, on either side; the limit itself passes.
 * @throws AuthError `AUTH_WEBHOOK_TIMESTAMP`.
 */
export function assertWithinTolerance(
  timestampSeconds: number,
  window: { readonly nowSeconds: number; readonly toleranceSeconds: number },
): void {
  if (Math.abs(window.nowSeconds - timestampSeconds) > window.toleranceSeconds) {
    throw new AuthError('AUTH_WEBHOOK_TIMESTAMP', {
      detail: timestampSeconds < window.nowSeconds ? 'old' : 'ahead',
    });
  }
}
