import { createHash } from 'node:crypto';
import type { VerifiedWebhook } from '@gatehouse/auth';
import type { Provider } from './provider.ts';

/** A verified body: its bytes, and its JSON value where it is JSON. */
export interface VerifiedBody {
  readonly bytes: Uint8Array;
  readonly json: unknown;
}

/** Ids as their senders make them; anything else is no id that can be trusted to be unique. */
const STRIPE_EVENT = /^evt_[A-Za-z0-9_]{1,250}$/;
const SLACK_EVENT = /^Ev[A-Za-z0-9]{1,64}$/;

/**
 * The key under which a delivery is one delivery, from signed parts alone: `provider#id`, where the scheme signs an id
 * (Standard Webhooks in a header, Stripe and Slack events in the body), else `provider#sha256:<digest of the body>`.
 *
 * GitHub signs no id, and its `x-github-delivery` could be changed by whoever replays a delivery: two deliveries of
 * equal bytes are one here.
 */
export function deliveryKey(provider: Provider, verified: VerifiedWebhook, body: VerifiedBody): string {
  const id = signedId(provider, verified, body.json);
  return `${provider.name}#${id ?? `sha256:${createHash('sha256').update(body.bytes).digest('hex')}`}`;
}

function signedId({ scheme }: Provider, verified: VerifiedWebhook, json: unknown): string | undefined {
  switch (scheme) {
    case 'standard-webhooks':
      return verified.id;
    case 'stripe':
      return matchingText(json, 'id', STRIPE_EVENT);
    case 'slack':
      return matchingText(json, 'event_id', SLACK_EVENT);
    case 'github':
      return undefined;
  }
}

function matchingText(json: unknown, member: string, pattern: RegExp): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const value = (json as Record<string, unknown>)[member];
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}
