import { parseWebhookKey } from '@gatehouse/auth';
import { WebhookError } from '../errors.ts';
import { createMemoryInbox, type MemoryInbox } from '../testing/memory-inbox.ts';
import { signHeaders } from '../testing/sign-delivery.ts';
import { recordInvocation, type RecordedInvocation } from '../testing/record-invocation.ts';
import { urlEvent, type UrlRequest } from '../testing/url-event.ts';
import type { Provider } from './provider.ts';
import { createReceiver, type ReceiverDependencies } from './receive-delivery.ts';

const NOW_SECONDS = 1_767_225_600;
const secret = Buffer.from('0123456789abcdef0123456789abcdef');
const schemes = ['standard-webhooks', 'github', 'stripe', 'slack'] as const;
const providers: Provider[] = [
  { name: 'standard', scheme: 'standard-webhooks' },
  { name: 'github', scheme: 'github' },
  { name: 'stripe', scheme: 'stripe' },
  { name: 'slack', scheme: 'slack' },
].map((provider) => ({
  ...(provider as Pick<Provider, 'name' | 'scheme'>),
  secretId: 's',
  secretEncoding: 'utf8',
  toleranceSeconds: 300,
}));

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly invocation: RecordedInvocation;
}

function setUp(overrides: Partial<ReceiverDependencies> = {}): {
  readonly inbox: MemoryInbox;
  readonly send: (request: UrlRequest) => Promise<Received>;
} {
  const inbox = createMemoryInbox();
  const receiver = createReceiver({
    providers,
    inbox,
    clock: () => NOW_SECONDS * 1000,
    keys: {
      current: async () => [parseWebhookKey(secret.toString(), 'utf8')],
      renewed: async () => undefined,
    },
    ...overrides,
  });
  return {
    inbox,
    send: async (request) => {
      const invocation = recordInvocation();
      const { statusCode, headers, body } = await receiver(urlEvent(request), {}, invocation);
      return { status: statusCode, headers, body, invocation };
    },
  };
}

const BODY = '{"id":"evt_1","event_id":"Ev1","type":"user.created"}';

function signed(
  scheme: (typeof schemes)[number] = 'standard-webhooks',
  body: string | Uint8Array = BODY,
): UrlRequest {
  return {
    path: `/webhooks/${scheme === 'standard-webhooks' ? 'standard' : scheme}`,
    headers: { ...signHeaders[scheme]({ secret, timestampSeconds: NOW_SECONDS, body }) },
    body,
  };
}

describe('a signed delivery', () => {
  test.each([
    ['standard-webhooks', 204, 'standard#msg_1'],
    ['github', 204, 'github#sha256:45d9f45851d2b6193b30fc082840373196e8786ae6344f8bf0ddb37c681a3487'],
    ['stripe', 204, 'stripe#evt_1'],
    ['slack', 200, 'slack#Ev1'],
  ] as const)('of %s is stored and answered %i', async (scheme, status, key) => {
    const { send, inbox } = setUp();
    const answer = await send(signed(scheme));
    expect(answer.status).toBe(status);
    const [row] = [...inbox.rows.values()];
    expect(row?.key).toBe(key);
    expect(Buffer.from(row!.body).toString()).toBe(BODY);
    expect(answer.invocation.facts).toMatchObject({ deliveryId: row!.key });
  });

  test.each(schemes)('of %s that comes again is acknowledged and stored once', async (scheme) => {
    const { send, inbox } = setUp();
    const first = await send(signed(scheme));
    const second = await send(signed(scheme));
    expect(second.status).toBe(first.status);
    expect(inbox.rows.size).toBe(1);
    expect(inbox.claims).toHaveLength(2);
  });

  test('that comes a hundred times at once is stored once, and each is acknowledged', async () => {
    const { send, inbox } = setUp();
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(signed())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(inbox.rows.size).toBe(1);
    expect(answers.filter(({ invocation }) => invocation.counts['DeliveriesStored'] === 1)).toHaveLength(1);
  });

  test.each([true, false])('gets the same verdict with isBase64Encoded %s', async (base64) => {
    const { send, inbox } = setUp();
    expect((await send({ ...signed(), base64 })).status).toBe(204);
    expect(Buffer.from([...inbox.rows.values()][0]!.body).toString()).toBe(BODY);
  });

  test('keeps what says what the body is, and no signature', async () => {
    const { send, inbox } = setUp();
    const request = signed('github');
    await send({
      ...request,
      headers: { ...request.headers, 'content-type': 'application/json', cookie: 'a=b' },
    });
    expect([...inbox.rows.values()][0]!.headers).toEqual({
      'content-type': 'application/json',
      'x-github-event': 'push',
    });
  });

  test.each([
    ['not UTF-8', 'standard-webhooks', Buffer.from([0x7b, 0xff, 0x7d])],
    ['not JSON where the scheme sends nothing else', 'standard-webhooks', 'hello'],
    ['not JSON where the scheme sends nothing else', 'stripe', 'hello'],
  ] as const)('whose body is %s is answered 400 and not stored', async (_what, scheme, body) => {
    const { send, inbox } = setUp();
    const answer = await send(signed(scheme, body));
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, 'WEBHOOK_BODY_INVALID']);
    expect(inbox.claims).toHaveLength(0);
  });
});

test('Slack’s url_verification is answered with its challenge and stored nowhere', async () => {
  const { send, inbox } = setUp();
  const answer = await send(signed('slack', '{"type":"url_verification","challenge":"3eZbrw1a"}'));
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { challenge: '3eZbrw1a' }]);
  expect(inbox.claims).toHaveLength(0);
});

test('another scheme’s url_verification is a delivery like any other', async () => {
  const { send, inbox } = setUp();
  await send(signed('github', '{"type":"url_verification","challenge":"3eZbrw1a"}'));
  expect(inbox.rows.size).toBe(1);
});

describe('a refusal', () => {
  test.each<[string, UrlRequest, number, string]>([
    ['an unknown provider', { ...signed(), path: '/webhooks/nobody' }, 404, 'WEBHOOK_PROVIDER_UNKNOWN'],
    ['another path', { ...signed(), path: '/' }, 404, 'WEBHOOK_PROVIDER_UNKNOWN'],
    [
      'a path below a provider',
      { ...signed(), path: '/webhooks/standard/x' },
      404,
      'WEBHOOK_PROVIDER_UNKNOWN',
    ],
    [
      'a member of every object',
      { ...signed(), path: '/webhooks/__proto__' },
      404,
      'WEBHOOK_PROVIDER_UNKNOWN',
    ],
    ['GET', { ...signed(), method: 'GET' }, 405, 'WEBHOOK_METHOD_NOT_ALLOWED'],
    ['a forged signature', { ...signed(), body: `${BODY} ` }, 401, 'WEBHOOK_UNVERIFIED'],
    ['no signature', { path: '/webhooks/standard', body: BODY }, 401, 'WEBHOOK_UNVERIFIED'],
    ['no body', { path: '/webhooks/standard' }, 401, 'WEBHOOK_UNVERIFIED'],
    [
      'another provider’s signature',
      { ...signed('github'), path: '/webhooks/standard' },
      401,
      'WEBHOOK_UNVERIFIED',
    ],
  ])('of %s is answered by problem details, and nothing is stored', async (_what, request, status, code) => {
    const { send, inbox } = setUp();
    const answer = await send(request);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.body)).toMatchObject({ status, code, requestId: 'request-1' });
    expect(answer.invocation.facts).toMatchObject({ errorCode: code });
    expect(inbox.claims).toHaveLength(0);
  });

  test('of another method names the one that is taken', async () => {
    expect((await setUp().send({ ...signed(), method: 'PUT' })).headers['allow']).toBe('POST');
  });

  test('of a large body comes before any key is read', async () => {
    const current = jest.fn();
    const { send } = setUp({ maxBodyBytes: 10, keys: { current, renewed: current } });
    expect((await send(signed())).status).toBe(413);
    expect(current).not.toHaveBeenCalled();
  });

  test('of a signature does not say why', async () => {
    const { send } = setUp();
    const forged = await send({ ...signed(), body: `${BODY} ` });
    const missing = await send({ path: '/webhooks/standard', body: BODY });
    expect(forged.body).toBe(missing.body);
  });
});

describe('what is ours to repair', () => {
  test('a store that fails is answered 503 with Retry-After, and the sender’s next try is stored', async () => {
    let isDown = true;
    const inbox = createMemoryInbox(1, () => {
      if (isDown) throw new Error('down');
    });
    const { send } = setUp({ inbox });
    const answer = await send(signed());
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10']);
    expect(inbox.rows.size).toBe(0);
    isDown = false;
    expect((await send(signed())).status).toBe(204);
    expect(inbox.rows.size).toBe(1);
  });

  test('a receiver that dies after its put is repeated, acknowledged, and has stored once', async () => {
    const memory = createMemoryInbox();
    let calls = 0;
    const { send } = setUp({
      inbox: {
        claim: async (delivery) => {
          const outcome = await memory.claim(delivery);
          if (++calls === 1) throw new Error('killed before the answer');
          return outcome;
        },
      },
    });
    expect((await send(signed())).status).toBe(503);
    expect((await send(signed())).status).toBe(204);
    expect(memory.rows.size).toBe(1);
  });

  test('a secret that cannot be read is answered 503, never 401', async () => {
    const keys = {
      current: async () => Promise.reject(new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', 'down')),
      renewed: async () => undefined,
    };
    const answer = await setUp({ keys }).send(signed());
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([503, 'WEBHOOK_SECRET_UNAVAILABLE']);
  });

  test('a signature that no held secret made is answered 503 while a newer secret cannot be looked for', async () => {
    const keys = {
      current: async () => [parseWebhookKey(secret.toString(), 'utf8')],
      renewed: async () => Promise.reject(new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', 'down')),
    };
    const { send, inbox } = setUp({ keys });
    const answer = await send({ ...signed(), body: `${BODY} ` });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([503, 'WEBHOOK_SECRET_UNAVAILABLE']);
    expect(answer.headers['retry-after']).toBe('10');
    expect(inbox.claims).toHaveLength(0);
    expect((await send(signed())).status).toBe(204);
  });

  test('what nobody foresaw is answered 503 too', async () => {
    const keys = {
      current: async () => Promise.reject(new TypeError('a bug')),
      renewed: async () => undefined,
    };
    const answer = await setUp({ keys }).send(signed());
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('a bug');
    expect(answer.invocation.lines).toMatchObject([{ level: 'error' }]);
  });
});

describe('time', () => {
  const old = { secret, timestampSeconds: NOW_SECONDS - 301, body: BODY };

  test('a delivery that is replayed after its row expired is refused by its signed time', async () => {
    const { send, inbox } = setUp();
    const answer = await send({ body: BODY, headers: { ...signHeaders['standard-webhooks'](old) } });
    expect(answer.status).toBe(401);
    expect(inbox.claims).toHaveLength(0);
  });

  test('an expired row that is still there counts as absent', async () => {
    let nowMs = NOW_SECONDS * 1000;
    const inbox = createMemoryInbox(3600);
    const { send } = setUp({ inbox, clock: () => nowMs });
    await send(signed('github'));
    nowMs += 3_601_000;
    await send(signed('github'));
    expect([...inbox.rows.values()][0]!.receivedAtMs).toBe(nowMs);
  });
});

test('a signature that a rotated secret made verifies after one more read', async () => {
  const keys = {
    current: async () => [parseWebhookKey('the secret before the rotation', 'utf8')],
    renewed: async () => [parseWebhookKey(secret.toString(), 'utf8')],
  };
  expect((await setUp({ keys }).send(signed())).status).toBe(204);
});

describe('behind an edge', () => {
  const originSecrets = {
    current: async () => ['current-origin', 'previous-origin'],
    renewed: async () => ['current-origin', 'previous-origin'],
  };
  const fromEdge = (value?: string): UrlRequest => {
    const request = signed();
    return {
      ...request,
      headers: { ...request.headers, ...(value !== undefined && { 'x-gatehouse-origin': value }) },
    };
  };

  test.each(['current-origin', 'previous-origin'])(
    'a request with its secret (%s) is received',
    async (value) => {
      expect((await setUp({ originSecrets }).send(fromEdge(value))).status).toBe(204);
    },
  );

  test.each([undefined, '', 'current-origin2', 'current-origi'])('one with %s is refused', async (value) => {
    const { send, inbox } = setUp({ originSecrets });
    const answer = await send(fromEdge(value));
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([403, 'WEBHOOK_ORIGIN_REFUSED']);
    expect(inbox.claims).toHaveLength(0);
  });

  test('one with a secret that the edge was just given is received after one more read', async () => {
    const renewed = async () => ['next-origin', 'current-origin'];
    const { send } = setUp({ originSecrets: { ...originSecrets, renewed } });
    expect((await send(fromEdge('next-origin'))).status).toBe(204);
  });

  test('one without any is refused without a read', async () => {
    const read = jest.fn();
    expect((await setUp({ originSecrets: { current: read, renewed: read } }).send(fromEdge())).status).toBe(
      403,
    );
    expect(read).not.toHaveBeenCalled();
  });
});
