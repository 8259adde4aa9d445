import type { WebhookKey } from './webhook-key.ts';

/** The part of an HTTP request that a signature speaks for. */
export interface WebhookDelivery {
  /** All values of a header, by its lower-case name; an empty list when it is absent. */
  readonly header: (name: string) => readonly string[];
  /** The body exactly as it came: a signature is over bytes, and decoding text loses some. */
  readonly body: Uint8Array;
}

/** What a valid signature proves, and no more. */
export interface VerifiedWebhook {
  /** The delivery's id, where the scheme signs one in a header (Standard Webhooks). */
  readonly id?: string;
  /** When the sender signed, in epoch seconds, where the scheme signs a time (all but GitHub). */
  readonly timestampSeconds?: number;
}

/** What a delivery is judged by. */
export interface WebhookVerification {
  /** The current secrets, from `parseWebhookKey`: several while one is rotated. */
  readonly keys: readonly WebhookKey[];
  /** How far the signed time may be from now, on either side. Not used by GitHub's scheme, which signs no time. */
  readonly toleranceSeconds: number;
  readonly nowSeconds: number;
}
