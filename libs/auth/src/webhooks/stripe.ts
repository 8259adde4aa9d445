import { AuthError } from '../errors.ts';
import { matchesHmac } from './hmac-signature.ts';
import { assertWithinTolerance, oneHeader, parseEpochSeconds } from './signature-headers.ts';
import type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhook-delivery.ts';

/** `name=value` items, separated by single commas. */
const HEADER = /^[a-z][a-z0-9]*=[^,=\s]+(?:,[a-z][a-z0-9]*=[^,=\s]+)*$/;
const HEX_SHA256 = /^[0-9a-f]{64}$/;

/**
 * Verifies a delivery by Stripe's scheme: `stripe-signature: t=<seconds>,v1=<hex>[,v1=<hex>...]` over `t.body`. Exactly one `t`; any
 * `v1` may match; items of other versions (`v0` is for test events) are passed over.
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export function verifyStripeWebhook(
  delivery: WebhookDelivery,
  verification: WebhookVerification,
): VerifiedWebhook {
  const items = oneHeader(delivery, 'stripe-signature', HEADER)
    .split(',')
    .map((item) => item.split('=') as [string, string]);
  const valuesOf = (wanted: string): readonly string[] =>
    items.filter(([name]) => name === wanted).map(([, value]) => value);

  const [timestamp, ...repeated] = valuesOf('t');
  const signatures = valuesOf('v1');
  const isWellFormed =
    repeated.length === 0 && signatures.length > 0 && signatures.every((text) => HEX_SHA256.test(text));
  if (timestamp === undefined || !isWellFormed) {
    throw new AuthError('AUTH_WEBHOOK_HEADER', { detail: 'stripe-signature' });
  }
  const timestampSeconds = parseEpochSeconds(timestamp, 'stripe-signature');
  assertWithinTolerance(timestampSeconds, verification);

  const content = { prefix: `${timestamp}.`, body: delivery.body };
  if (!matchesHmac(content, verification.keys, { signatures, encoding: 'hex' })) {
    throw new AuthError('AUTH_WEBHOOK_SIGNATURE');
  }
  return { timestampSeconds };
}
