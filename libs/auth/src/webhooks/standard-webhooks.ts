import { verify } from 'node:crypto';
import { AuthError } from '../errors.ts';
import { matchesHmac, type SignedContent } from './hmac-signature.ts';
import { assertWithinTolerance, oneHeader, parseEpochSeconds } from './signature-headers.ts';
import type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhook-delivery.ts';
import type { WebhookKey } from './webhook-key.ts';

/** Visible ASCII but the full stop, which separates the signed fields: an id with one could shift them. */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
const ANY = /^[\x20-\x7e]{1,4096}$/;
/** One entry of the list: a version, a comma, and what that version makes of the rest. */
const ENTRY = /^(?<version>[\x21-\x2b\x2d-\x7e]+),(?<signature>[\x21-\x7e]*)$/;
/** What the versions that are known here make of it. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Verifies a delivery by the Standard Webhooks scheme: `webhook-id`, `webhook-timestamp` and a space-separated list of
 * `v1` (HMAC-SHA256) and `v1a` (Ed25519) signatures over `id.timestamp.body`. Any one match is enough, so that
 * sender and receiver may rotate; entries of other versions are passed over, whatever their form.
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
  const ofVersion = (version: Version): readonly string[] =>
    entries.filter((entry) => entry.version === version).map((entry) => entry.signature);
  const matched =
    matchesHmac(content, verification.keys, { signatures: ofVersion('v1'), encoding: 'base64' }) ||
    matchesEd25519(content, verification.keys, ofVersion('v1a'));
  if (!matched) throw new AuthError('AUTH_WEBHOOK_SIGNATURE');
  return { id, timestampSeconds };
}

const VERSIONS = ['v1', 'v1a'] as const;
type Version = (typeof VERSIONS)[number];

interface Entry {
  readonly version: Version;
  readonly signature: string;
}

/** The entries of known versions. One of these that is malformed, or an entry without a version, spoils the header. */
function parseEntries(header: string): readonly Entry[] {
  return header.split(' ').flatMap((text) => {
    const { version, signature = '' } = ENTRY.exec(text)?.groups ?? {};
    if (version === undefined || (isKnown(version) && !BASE64.test(signature))) {
      throw new AuthError('AUTH_WEBHOOK_HEADER', { detail: 'webhook-signature' });
    }
    return isKnown(version) ? [{ version, signature }] : [];
  });
}

function isKnown(version: string): version is Version {
  return (VERSIONS as readonly string[]).includes(version);
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
