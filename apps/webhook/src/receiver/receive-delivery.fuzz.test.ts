import { parseWebhookKey } from '@gatehouse/auth';
import fc from 'fast-check';
import { createMemoryInbox } from '../testing/memory-inbox.ts';
import { recordInvocation } from '../testing/record-invocation.ts';
import { signHeaders } from '../testing/sign-delivery.ts';
import { urlEvent } from '../testing/url-event.ts';
import { createReceiver } from './receive-delivery.ts';

const NOW_SECONDS = 1_767_225_600;
const secret = Buffer.from('0123456789abcdef0123456789abcdef');
const SCHEMES = ['standard-webhooks', 'github', 'stripe', 'slack'] as const;
const inbox = createMemoryInbox();
const receiver = createReceiver({
  providers: SCHEMES.map((scheme) => ({
    name: scheme,
    scheme,
    secretId: 's',
    secretEncoding: 'utf8',
    toleranceSeconds: 300,
  })),
  inbox,
  clock: () => NOW_SECONDS * 1000,
  keys: {
    current: async () => [parseWebhookKey(secret.toString(), 'utf8')],
    renewed: async () => undefined,
  },
});

const HEADER_NAMES = [
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-hub-signature-256',
  'stripe-signature',
  'x-slack-signature',
  'x-slack-request-timestamp',
  'content-type',
];
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    String(NOW_SECONDS),
    'v1,AAAA',
    `t=${NOW_SECONDS},v1=${'0'.repeat(64)}`,
    `v0=${'0'.repeat(64)}`,
  ),
);
const headers = fc.dictionary(fc.constantFrom(...HEADER_NAMES), value);
const body = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array(), fc.json());

test('any request is answered, and by no 5xx', async () => {
  const request = fc.record({
    path: fc.oneof(
      fc.constantFrom(...SCHEMES).map((name) => `/webhooks/${name}`),
      fc.webPath(),
    ),
    method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'DELETE', 'X'),
    headers,
    body,
    base64: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(request, async (given) => {
      const { statusCode } = await receiver(urlEvent(given), {}, recordInvocation());
      expect([401, 404, 405, 413]).toContain(statusCode);
    }),
    { numRuns: 2000 },
  );
  expect(inbox.claims).toHaveLength(0);
});

test('a signed delivery of any body is stored or answered 400, and any one changed byte is 401', async () => {
  const input = fc.record({
    scheme: fc.constantFrom(...SCHEMES),
    bytes: fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    ),
    at: fc.nat(),
    by: fc.integer({ min: 1, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(input, async ({ scheme, bytes, at, by }) => {
      const signing = { secret, timestampSeconds: NOW_SECONDS, body: bytes };
      const request = { path: `/webhooks/${scheme}`, headers: { ...signHeaders[scheme](signing) } };
      const send = async (sent: Uint8Array): Promise<number> =>
        (await receiver(urlEvent({ ...request, body: sent }), {}, recordInvocation())).statusCode;
      expect([200, 204, 400]).toContain(await send(bytes));
      if (bytes.length === 0) return;
      const changed = Uint8Array.from(bytes);
      changed[at % bytes.length]! ^= by;
      expect(await send(changed)).toBe(401);
    }),
    { numRuns: 500 },
  );
});

test.each([undefined, null, {}, { Records: [] }, { version: '2.0' }, 'text'])(
  'an event that is no request (%p) fails its invocation',
  async (event) => {
    await expect(receiver(event, {}, recordInvocation())).rejects.toMatchObject({
      code: 'HTTP_EVENT_UNKNOWN',
    });
  },
);
