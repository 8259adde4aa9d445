import type { WebhookScheme, WebhookSecretEncoding } from '@gatehouse/auth';

/** A sender of webhooks, as the environment configures it. */
export interface Provider {
  /** Path segment: `POST /webhooks/{name}`. Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly scheme: WebhookScheme;
  /** Name or ARN of its secret in Secrets Manager. */
  readonly secretId: string;
  readonly secretEncoding: WebhookSecretEncoding;
  /** How far the signed time may be off, both ways. */
  readonly toleranceSeconds: number;
}
