import { AuthError } from '../errors.ts';
import { matchesHmac } from './hmac-signature.ts';
import { assertWithinTolerance, oneHeader, parseEpochSeconds } from './signature-headers.ts';
import type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhook-delivery.ts';

const SIGNATURE = /^v0=[0-9a-f]{64}$/;
const DIGITS = /^\d{1,11}$/;

/**
 * Verifies a delivery by Slack's scheme: `x-slack-signature: v0=<hex>` over `v0:timestamp:body`.
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function verifySlackWebhook(
  delivery: WebhookDelivery,
  verification: WebhookVerification,
): VerifiedWebhook {
  const timestamp = oneHeader(delivery, 'x-slack-request-timestamp', DIGITS);
  const timestampSeconds = parseEpochSeconds(timestamp, 'x-slack-request-timestamp');
  const signatures = [oneHeader(delivery, 'x-slack-signature', SIGNATURE).slice('v0='.length)];
  assertWithinTolerance(timestampSeconds, verification);

  const content = { prefix: `v0:${timestamp}:`, body: delivery.body };
  if (!matchesHmac(content, verification.keys, { signatures, encoding: 'hex' })) {
    throw new AuthError('AUTH_WEBHOOK_SIGNATURE');
  }
  return { timestampSeconds };
}
