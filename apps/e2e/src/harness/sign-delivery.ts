import { createHmac } from 'node:crypto';
import { receiverUrl, testHost } from './test-host.ts';

export interface Delivery {
  readonly id: string;
  /** When the sender signed it, in seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** Signs as the Standard Webhooks specification says: HMAC-SHA256 over `id.timestamp.body`. */
export function signed({ id, timestamp, body }: Delivery): Readonly<Record<string, string>> {
  const secret = Buffer.from(testHost().webhookSecret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}

/** Posts to the receiver and gives the status. */
export async function deliver(
  body: string,
  headers: Readonly<Record<string, string>>,
  path = '/webhooks/standard',
): Promise<number> {
  const response = await fetch(`${receiverUrl()}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}
