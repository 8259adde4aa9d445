import { createHmac } from 'node:crypto';
import { call, receiverUrl, testHost, unique } from './harness/test-host.ts';

interface Delivery {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
}

const now = () => Math.floor(Date.now() / 1000);

/** Signs as the Standard Webhooks specification says: HMAC-SHA256 over `id.timestamp.body`. */
function signed({ id, timestamp, body }: Delivery) {
  const secret = Buffer.from(testHost().webhookSecret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}

async function deliver(body: string, headers: Readonly<Record<string, string>>, path = '/webhooks/standard') {
  const response = await fetch(`${receiverUrl()}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

describe('the webhook receiver', () => {
  const body = JSON.stringify({ type: 'user.created', data: {} });

  it('accepts a signed delivery, and its repeat', async () => {
    const delivery = { id: unique('msg'), timestamp: now(), body };
    expect(await deliver(body, signed(delivery))).toBe(204);
    expect(await deliver(body, signed(delivery))).toBe(204);
  });

  it('refuses a body that was not signed', async () => {
    const delivery = { id: unique('msg'), timestamp: now(), body };
    expect(await deliver(body.replace('created', 'deleted'), signed(delivery))).toBe(401);
  });

  it('refuses a delivery without a signature', async () => {
    expect(await deliver(body, {})).toBe(401);
  });

  it('refuses a delivery that was signed too long ago', async () => {
    const delivery = { id: unique('msg'), timestamp: now() - 3600, body };
    expect(await deliver(body, signed(delivery))).toBe(401);
  });

  it('knows its providers alone', async () => {
    const delivery = { id: unique('msg'), timestamp: now(), body };
    expect(await deliver(body, signed(delivery), '/webhooks/unknown')).toBe(404);
    expect((await call(`${receiverUrl()}/webhooks/standard`)).status).toBe(405);
  });
});
