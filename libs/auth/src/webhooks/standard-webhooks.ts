import { verify } from 'node:crypto';
import { AuthError } from '../errors.ts';
import { matchesHmac, type SignedContent } from './hmac-signature.ts';
import { assertWithinTolerance, oneHeader, parseEpochSeconds } from './signature-headers.ts';
import type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhook-delivery.ts';
import type { WebhookKey } from './webhook-key.ts';

/** Visible ASCII but the full stop, which separates the signed fields: an id with one could shift them. */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
const ANY = /^[\x20-\x7e]{1,4096}$/;
/** One entry of the list: a version, a comma, a base64 signature. */
const ENTRY = /^v\d+[a-z]?,[A-Za-z0-9+/]+={0,2}$/;

/**
 * Verifies a delivery by the Standard Webhooks scheme: `webhook-id`, `webhook-timestamp` and a space-separated list of
 * `v1` (HMAC-SHA256) and `v1a` (Ed25519) signatures over `id.timestamp.body`. Any one match is enough, so that
 * sender and receiver may rotate; entries of other versions are passed over.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function verifyStandardWebhook(
  delivery: WebhookDelivery,
  verification: WebhookVerification,
): VerifiedWebhook {
  const id = oneHeader(delivery, 'webhook-id', ID);
  const timestamp = oneHeader(delivery, 'webhook-timestamp', ANY);
  const timestampSeconds = parseEpochSeconds(timestamp, 'webhook-timestamp');
  const entries = parseEntries(oneHeader(delivery, 'webhook-signature', ANY));
  assertWithinTolerance(timestampSeconds, verification);

  const content: SignedContent = { prefix: `${id}.${timestamp}.`, body: delivery.body };
  const ofVersion = (version: string): readonly string[] =>
    entries.filter((entry) => entry.version === version).map((entry) => entry.signature);
  const matched =
    matchesHmac(content, verification.keys, { signatures: ofVersion('v1'), encoding: 'base64' }) ||
    matchesEd25519(content, verification.keys, ofVersion('v1a'));
  if (!matched) throw new AuthError('AUTH_WEBHOOK_SIGNATURE');
  return { id, timestampSeconds };
}

interface Entry {
  readonly version: string;
  readonly signature: string;
}

function parseEntries(header: string): readonly Entry[] {
  return header.split(' ').map((text) => {
    if (!ENTRY.test(text)) throw new AuthError('AUTH_WEBHOOK_HEADER', { detail: 'webhook-signature' });
    const [version, signature] = text.split(',') as [string, string];
    return { version, signature };
  });
}

function matchesEd25519(
  content: SignedContent,
  keys: readonly WebhookKey[],
  signatures: readonly string[],
): boolean {
  const publicKeys = keys.flatMap((key) => (key.kind === 'ed25519' ? [key.publicKey] : []));
  const signed = Buffer.concat([Buffer.from(content.prefix), content.body]);
  return signatures.some((text) => {
    const signature = Buffer.from(text, 'base64');
    const isCanonical = signature.toString('base64') === text;
    return isCanonical && publicKeys.some((publicKey) => verify(null, signed, publicKey, signature));
  });
}
