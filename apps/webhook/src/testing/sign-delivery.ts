import { createHmac } from 'node:crypto';

/** What a sender needs to sign. */
export interface Signing {
  readonly secret: Uint8Array;
  readonly timestampSeconds: number;
  readonly body: string | Uint8Array;
  /** Standard Webhooks alone. */
  readonly id?: string;
}

/** Signature headers as a sender of each scheme makes them; independent of the code under test. */
export const signHeaders = {
  'standard-webhooks': ({ secret, timestampSeconds, body, id = 'msg_1' }: Signing) => ({
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': `v1,${hmac(secret, `${id}.${timestampSeconds}.`, body).toString('base64')}`,
  }),
  github: ({ secret, body }: Signing) => ({
    'x-hub-signature-256': `sha256=${hmac(secret, '', body).toString('hex')}`,
    'x-github-event': 'push',
  }),
  stripe: ({ secret, timestampSeconds, body }: Signing) => ({
    'stripe-signature': `t=${timestampSeconds},v1=${hmac(secret, `${timestampSeconds}.`, body).toString('hex')}`,
  }),
  slack: ({ secret, timestampSeconds, body }: Signing) => ({
    'x-slack-request-timestamp': String(timestampSeconds),
    'x-slack-signature': `v0=${hmac(secret, `v0:${timestampSeconds}:`, body).toString('hex')}`,
  }),
} as const;

function hmac(secret: Uint8Array, prefix: string, body: string | Uint8Array): Buffer {
  return createHmac('sha256', secret).update(prefix).update(body).digest();
}
