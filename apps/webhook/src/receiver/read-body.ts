import { WebhookError } from '../errors.ts';
import { decodeBody } from '../model/decode-body.ts';
import type { VerifiedBody } from './delivery-key.ts';
import type { Provider } from './provider.ts';

/**
 * Reads a verified body as text, and as JSON where its scheme sends nothing else (Standard Webhooks, Stripe).
 *
 * @throws {WebhookError} `WEBHOOK_BODY_INVALID`: authentic, but nothing that could ever be worked on.
 */
export function readBody({ scheme }: Provider, bytes: Uint8Array): VerifiedBody {
  const text = decode(bytes);
  const json = parse(text);
  const isJsonOnly = scheme === 'standard-webhooks' || scheme === 'stripe';
  if (json === undefined && isJsonOnly)
    throw new WebhookError('WEBHOOK_BODY_INVALID', 'The body is not JSON');
  return { bytes, json };
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeBody(bytes);
  } catch (cause) {
    throw new WebhookError('WEBHOOK_BODY_INVALID', 'The body is not UTF-8', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
