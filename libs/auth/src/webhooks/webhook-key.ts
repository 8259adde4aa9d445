import { createPublicKey, type KeyObject } from 'node:crypto';
import { AuthError } from '../errors.ts';

/**
 * How a provider's secret is written down.
 *
 * - `whsec`: Standard Webhooks; base64 with or without the prefix `whsec_`, or a `whpk_` Ed25519 public key
 * - `base64`, `hex`: the bytes behind that text
 * - `utf8`: the text's own bytes (GitHub, Slack and Stripe, whose `whsec_` is not decoded)
 */
export type WebhookSecretEncoding = 'whsec' | 'base64' | 'utf8' | 'hex';

/** One secret or public key, decoded once. */
export type WebhookKey =
  | { readonly kind: 'hmac'; readonly secret: Uint8Array }
  | { readonly kind: 'ed25519'; readonly publicKey: KeyObject };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const HEX = /^(?:[0-9a-f]{2})+$/i;
/** SubjectPublicKeyInfo of an Ed25519 key, up to its 32 raw bytes (RFC 8410 section 4). */
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const ED25519_KEY_BYTES = 32;
/** Below this a guessed secret is within reach; every provider issues more. */
const MIN_SECRET_BYTES = 16;

/**
 * Decodes a stored secret by its configured encoding. A Standard Webhooks entry is told apart by its prefix.
 * @throws AuthError `AUTH_SECRET_INVALID` when the text is not of that encoding, or shorter than 16 bytes.
 */
export function parseWebhookKey(text: string, encoding: WebhookSecretEncoding): WebhookKey {
  switch (encoding) {
    case 'whsec':
      if (text.startsWith('whpk_')) return ed25519Key(base64Bytes(text.slice('whpk_'.length)));
      return hmacKey(base64Bytes(text.startsWith('whsec_') ? text.slice('whsec_'.length) : text));
    case 'base64':
      return hmacKey(base64Bytes(text));
    case 'hex':
      if (!HEX.test(text)) throw new AuthError('AUTH_SECRET_INVALID', { detail: 'hex' });
      return hmacKey(Buffer.from(text, 'hex'));
    case 'utf8':
      return hmacKey(Buffer.from(text));
  }
}

function hmacKey(secret: Uint8Array): WebhookKey {
  if (secret.byteLength < MIN_SECRET_BYTES) throw new AuthError('AUTH_SECRET_INVALID', { detail: 'length' });
  return { kind: 'hmac', secret };
}

function ed25519Key(raw: Uint8Array): WebhookKey {
  if (raw.byteLength !== ED25519_KEY_BYTES) throw new AuthError('AUTH_SECRET_INVALID', { detail: 'whpk' });
  const publicKey = createPublicKey({
    key: Buffer.concat([ED25519_SPKI_PREFIX, raw]),
    format: 'der',
    type: 'spki',
  });
  return { kind: 'ed25519', publicKey };
}

function base64Bytes(text: string): Uint8Array {
  if (!BASE64.test(text)) throw new AuthError('AUTH_SECRET_INVALID', { detail: 'base64' });
  return Buffer.from(text, 'base64');
}
