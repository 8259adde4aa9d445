import { createHmac } from 'node:crypto';

/** A delivery as Standard Webhooks senders make them. */
export interface StandardWebhook {
  readonly id: string;
  readonly body: string;
}

/** The three signed headers, with the time of now: HMAC-SHA256 over `id.timestamp.body` under a `whsec_` secret. */
export function signWith(secret: string, { id, body }: StandardWebhook): Readonly<Record<string, string>> {
  const timestamp = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
