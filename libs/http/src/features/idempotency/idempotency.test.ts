import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { collectStreams } from '../../streaming/collect-streams.ts';
import { guard } from '../../guard/guard.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import { problem } from '../../problem/problem.ts';
import { createMemoryIdempotencyStore, httpApiV2Event, readResult } from '../../testing/index.ts';
import { idempotency } from './idempotency.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';

const contract = defineContract({
  pay: {
    method: 'POST',
    path: '/payments',
    summary: 'Pays',
    access: { kind: 'scopes', anyOf: ['pay'] },
    idempotency: 'optional',
    request: { body: v.object({ amount: v.number() }) },
    responses: { 201: { description: 'Paid', body: v.object({ run: v.number() }) } },
  },
  refund: {
    method: 'POST',
    path: '/refunds',
    summary: 'Refunds',
    access: { kind: 'public' },
    idempotency: 'required',
    responses: { 201: { description: 'Refunded', body: v.object({ run: v.number() }) } },
  },
});

interface Caller {
  readonly kind: 'user';
  readonly sub: string;
  readonly scopes: readonly string[];
}

let runs: number;
let nowMs: number;
let pay: (run: number) => Promise<void>;
let storeErrors: unknown[];

function createHandler(store = createMemoryIdempotencyStore()) {
  let attempts = 0;
  const handler = createHttpHandler<typeof contract, Caller>({
    contract,
    handlers: {
      pay: async () => {
        const run = ++runs;
        await pay(run);
        return { status: 201, headers: { location: `/payments/${run}` }, body: { run } };
      },
      refund: () => ({ status: 201, body: { run: ++runs } }),
    },
    guard: guard({
      authenticate: (request) => ({
        kind: 'user',
        sub: request.header('authorization') ?? '',
        scopes: ['pay'],
      }),
    }),
    clock: () => nowMs,
    mapError: (error) =>
      (error as Error).message === 'throttled' ? problem({ status: 503, code: 'APP_DOWN' }) : undefined,
    features: [
      idempotency<Caller>({
        store,
        callerOf: (caller) => caller?.sub ?? 'anyone',
        onStoreError: (error) => storeErrors.push(error),
      }),
    ],
    onRequestEnd: () => undefined,
  });
  return async (key: string | undefined, { amount = 1, sub = 'alice', path = '/payments' } = {}) => {
    const headers = { authorization: sub, ...(key !== undefined && { 'idempotency-key': key }) };
    const requestId = `request-${++attempts}`;
    return readResult(
      await handler(httpApiV2Event({ method: 'POST', path, headers, json: { amount }, requestId })),
    );
  };
}

beforeEach(() => {
  runs = 0;
  nowMs = 1_790_000_000_000;
  pay = () => Promise.resolve();
  storeErrors = [];
});

it('replays the first answer', async () => {
  const send = createHandler();
  const first = await send('"k1"');
  const second = await send('"k1"');
  expect(runs).toBe(1);
  expect(second).toMatchObject({ status: 201, text: first.text });
  expect(second.header('location')).toBe('/payments/1');
  expect(second.header('content-type')).toBe('application/json');
  expect([first, second].map((result) => result.header('idempotency-replayed'))).toEqual([undefined, 'true']);
});

it('runs again for another key, another caller, or no key', async () => {
  const send = createHandler();
  await send('"k1"');
  await send('"k2"');
  await send('"k1"', { sub: 'mallory' });
  await send(undefined);
  expect(runs).toBe(4);
});

it('refuses a key of another request', async () => {
  const send = createHandler();
  await send('"k1"', { amount: 1 });
  const result = await send('"k1"', { amount: 2 });
  expect(result.json()).toMatchObject({ status: 422, code: 'HTTP_IDEMPOTENCY_KEY_REUSED' });
  expect(runs).toBe(1);
});

it('refuses a key whose request is under way', async () => {
  const send = createHandler();
  let finish: () => void = () => undefined;
  pay = () => new Promise((resolve) => (finish = resolve));
  const first = send('"k1"');
  await new Promise((resolve) => setImmediate(resolve));
  const second = await send('"k1"');
  expect(second.json()).toMatchObject({ status: 409, code: 'HTTP_IDEMPOTENCY_IN_FLIGHT' });
  expect(second.header('retry-after')).toBe('1');
  finish();
  expect((await first).status).toBe(201);
});

it('frees the key of a request that failed', async () => {
  const send = createHandler();
  pay = (run) => (run === 1 ? Promise.reject(new Error('down')) : Promise.resolve());
  expect((await send('"k1"')).status).toBe(500);
  expect((await send('"k1"')).status).toBe(201);
  expect(runs).toBe(2);
});

it('gives up an attempt that never answers, after its lock', async () => {
  const send = createHandler();
  pay = (run) => (run === 1 ? new Promise(() => undefined) : Promise.resolve());
  void send('"k1"');
  await new Promise((resolve) => setImmediate(resolve));
  nowMs += 60_000;
  expect((await send('"k1"')).status).toBe(201);
});

it('forgets an answer after its time', async () => {
  const send = createHandler();
  await send('"k1"');
  nowMs += 24 * 60 * 60 * 1000 + 1000;
  await send('"k1"');
  expect(runs).toBe(2);
});

it.each([
  ['down', 500],
  ['throttled', 503],
])('answers as mapError says, without running, when the store is %s', async (message, status) => {
  const store = createMemoryIdempotencyStore();
  const send = createHandler({ ...store, claim: () => Promise.reject(new Error(message)) });
  expect((await send('"k1"')).status).toBe(status);
  expect(runs).toBe(0);
});

it('lets an answer out that could not be stored, and reports it', async () => {
  const store = createMemoryIdempotencyStore();
  const send = createHandler({ ...store, complete: () => Promise.reject(new Error('down')) });
  expect((await send('"k1"')).status).toBe(201);
  expect(storeErrors).toHaveLength(1);
});

it('asks for a key where its operation requires one', async () => {
  const send = createHandler();
  expect((await send(undefined, { path: '/refunds' })).json()).toMatchObject({
    status: 400,
    code: 'HTTP_IDEMPOTENCY_KEY_REQUIRED',
  });
  expect((await send('"k"', { path: '/refunds' })).status).toBe(201);
});

describe('a key', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"a \\"b\\" \\\\c"', 'a "b" \\c'],
  ])('%s is read', (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it.each(['', '""', '"a', 'a b', '"ü"', '"a", "b"', `"${'x'.repeat(256)}"`])(
    '%j is refused',
    async (header) => {
      expect((await createHandler()(header)).json()).toMatchObject({ code: 'HTTP_IDEMPOTENCY_KEY_INVALID' });
      expect(runs).toBe(0);
    },
  );
});

describe('refuses to serve', () => {
  it.each([
    ['a method that is idempotent by itself', { ...contract.pay, method: 'PUT' }, /PUT is idempotent/],
    [
      'an answer that is streamed',
      { ...contract.pay, responses: { 200: { description: '', contentType: 'text/plain', stream: true } } },
      /cannot be stored/,
    ],
  ] as const)('%s', (_name, operation, message) => {
    const feature = idempotency({
      store: createMemoryIdempotencyStore(),
      callerOf: () => '',
      onStoreError: () => undefined,
    });
    const options = {
      contract: { operation },
      handlers: { operation: () => ({}) },
      guard: guard({ authenticate: () => undefined }),
      features: [feature, collectStreams()],
    };
    expect(() => createHttpHandler(options as never)).toThrow(message);
  });
});
