import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookKey } from './webhook-key.ts';

/** What is signed: text that precedes the body, and the body's bytes. */
export interface SignedContent {
  readonly prefix: string;
  readonly body: Uint8Array;
}

/**
 * Whether any of `signatures` is the HMAC-SHA256 of the content under any of `keys`. Each key costs one HMAC, however many
 * signatures there are. Texts are compared in constant time, and in their canonical spelling, so that no second spelling of a signature passes.
 */
export function matchesHmac(
  content: SignedContent,
  keys: readonly WebhookKey[],
  { signatures, encoding }: { readonly signatures: readonly string[]; readonly encoding: 'hex' | 'base64' },
): boolean {
  let matched = false;
  for (const key of keys) {
    if (key.kind !== 'hmac') continue;
    const hmac = createHmac('sha256', key.secret).update(content.prefix).update(content.body);
    const expected = hmac.digest(encoding);
    for (const signature of signatures) matched = isSameText(signature, expected) || matched;
  }
  return matched;
}

function isSameText(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
