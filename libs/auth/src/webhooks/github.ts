import { AuthError } from '../errors.ts';
import { matchesHmac } from './hmac-signature.ts';
import { oneHeader } from './signature-headers.ts';
import type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhook-delivery.ts';

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/**
 * Verifies a delivery by GitHub's scheme: `x-hub-signature-256: sha256=<hex>` over the body alone. GitHub signs neither an id
 * nor a time, so a captured delivery stays valid while the secret does; the legacy SHA-1 header is not read.
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function verifyGithubWebhook(
  delivery: WebhookDelivery,
  verification: WebhookVerification,
): VerifiedWebhook {
  const header = oneHeader(delivery, 'x-hub-signature-256', SIGNATURE);
  const signatures = [header.slice('sha256='.length)];
  const content = { prefix: '', body: delivery.body };
  if (!matchesHmac(content, verification.keys, { signatures, encoding: 'hex' })) {
    throw new AuthError('AUTH_WEBHOOK_SIGNATURE');
  }
  return {};
}
