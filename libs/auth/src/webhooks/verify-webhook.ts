import { verifyGithubWebhook } from './github.ts';
import { verifySlackWebhook } from './slack.ts';
import { verifyStandardWebhook } from './standard-webhooks.ts';
import { verifyStripeWebhook } from './stripe.ts';
import type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhook-delivery.ts';

/** The signature schemes that {@link verifyWebhook} knows. */
export const WEBHOOK_SCHEMES = ['standard-webhooks', 'github', 'stripe', 'slack'] as const;

export type WebhookScheme = (typeof WEBHOOK_SCHEMES)[number];

type Verify = (delivery: WebhookDelivery, verification: WebhookVerification) => VerifiedWebhook;

const VERIFY_BY_SCHEME: Readonly<Record<WebhookScheme, Verify>> = {
  'standard-webhooks': verifyStandardWebhook,
  github: verifyGithubWebhook,
  stripe: verifyStripeWebhook,
  slack: verifySlackWebhook,
};

/**
 * Verifies a webhook's signature over its raw bytes, and the age of its signed time where there is one.
 *
 * @returns what the signature proves: the signed id and time, where the scheme has them.
 * @throws AuthError of kind `unauthenticated`: `AUTH_WEBHOOK_HEADER` (missing, repeated, malformed),
 * `AUTH_WEBHOOK_TIMESTAMP` (outside the tolerance) or `AUTH_WEBHOOK_SIGNATURE` (no match).
 */
export function verifyWebhook(
  scheme: WebhookScheme,
  delivery: WebhookDelivery,
  verification: WebhookVerification,
): VerifiedWebhook {
  return VERIFY_BY_SCHEME[scheme](delivery, verification);
}
