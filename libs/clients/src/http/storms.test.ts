import { setTimeout as wait } from 'node:timers/promises';
import { observe } from '@gatehouse/observability';
import { captureOutput, lambdaContext } from '@gatehouse/observability/testing';
import { dynamoDocuments } from '../dynamodb/signed-documents.ts';
import { ClientsError } from '../errors.ts';
import {
  startChaosProxy,
  startTestServer,
  type Answer,
  type ChaosProxy,
  type TestServer,
} from '../testing/index.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

jest.setTimeout(60_000);

/** What one call came to: an answer's status, or an error's code. */
type Outcome = number | string;

const ok: Answer = (response) => void response.end('ok');
const unavailable =
  (headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(503, headers).end('{"message":"overloaded"}');

let storm: Answer;
let server: TestServer;
let proxy: ChaosProxy;
let http: HttpClient;
/** When each request came to the server, in milliseconds. */
let arrivedMs: number[];
let output: ReturnType<typeof captureOutput>;

beforeEach(async () => {
  arrivedMs = [];
  server = await startTestServer((response, request) => {
    arrivedMs.push(performance.now());
    storm(response, request);
  });
  proxy = await startChaosProxy(server.port);
  http = createHttpClient({ timeouts: { connectMs: 300, firstByteMs: 300, totalMs: 2_000 } });
  output = captureOutput();
});
afterEach(async () => {
  output.restore();
  http.close();
  await proxy.close();
  await server.close();
});

/** What a call came to; anything but an answer or a typed error fails the test. */
async function outcomeOf(call: Promise<{ readonly status: number }>): Promise<Outcome> {
  return call.then(
    ({ status }) => status,
    (error: unknown) => {
      if (error instanceof ClientsError) return error.code;
      throw error;
    },
  );
}

/** A function that calls the service `calls` times at once, as one invocation with `remainingMs` to live. */
function invoke(calls: number, remainingMs = 3_000): Promise<Outcome[]> {
  const url = `http://127.0.0.1:${proxy.port}/`;
  const handler = observe(
    () => Promise.all(Array.from({ length: calls }, () => outcomeOf(http.request({ url })))),
    { service: 'caller' },
  );
  return handler({}, lambdaContext({ remainingMs }));
}

async function invokeOften(invocations: number, callsEach: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let count = 0; count < invocations; count++) outcomes.push(...(await invoke(callsEach)));
  return outcomes;
}

describe('a storm of 503, over many invocations and through sockets', () => {
  it('reaches the server at most 1.1 times, and its connections are kept', async () => {
    storm = unavailable();
    expect(new Set(await invokeOften(75, 4))).toEqual(new Set([503]));
    expect(server.seen.length).toBeGreaterThan(300);
    expect(server.seen.length).toBeLessThanOrEqual(330);
    expect(server.connections).toBeLessThanOrEqual(4);
  });

  it('reaches the server at most 1.1 times after a long calm too, and is over when it is over', async () => {
    storm = ok;
    await invokeOften(100, 4);
    storm = unavailable({ 'retry-after': '0' });
    server.seen.length = 0;
    await invokeOften(25, 4);
    expect(server.seen.length).toBeLessThanOrEqual(110);
    storm = ok;
    server.seen.length = 0;
    expect(new Set(await invokeOften(5, 4))).toEqual(new Set([200]));
    expect(server.seen).toHaveLength(20);
    expect(server.connections).toBeLessThanOrEqual(4);
  });

  it('is not called again before the time it asked for', async () => {
    storm = (...args) => (arrivedMs.length === 1 ? unavailable({ 'retry-after': '1' }) : ok)(...args);
    expect(await invoke(1)).toEqual([200]);
    const [first = 0, second = 0] = arrivedMs;
    expect(arrivedMs).toHaveLength(2);
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(second - first).toBeLessThan(1_000 + 50 + 150);
  });

  it.each([
    ['after the invocation', '1', 600],
    ['after the time for the call', '60', 30_000],
  ])('is answered at once when it asks to come back %s', async (_name, retryAfter, remainingMs) => {
    storm = unavailable({ 'retry-after': retryAfter });
    const startedMs = performance.now();
    expect(await invoke(1, remainingMs)).toEqual([503]);
    expect(performance.now() - startedMs).toBeLessThan(300);
    expect(server.seen).toHaveLength(1);
  });

  it('that answers late never takes more than the invocation has', async () => {
    storm = (response, request) => void setTimeout(() => unavailable()(response, request), 120);
    for (const remainingMs of [90, 200, 300, 500]) {
      const startedMs = performance.now();
      const outcomes = await invoke(4, remainingMs);
      expect(performance.now() - startedMs).toBeLessThan(remainingMs);
      expect(outcomes.every((outcome) => outcome === 503 || outcome === 'CLIENTS_TIMEOUT')).toBe(true);
    }
  });
});

describe('a storm of everything', () => {
  /** Each request meets the next of these, in turn; all have come to the server and are counted there. */
  const troubles: Answer[] = [
    unavailable(),
    (response) => void response.writeHead(429, { 'retry-after': '0' }).end(),
    (response) => void response.writeHead(502).end('<html>'),
    (response) => void response.socket?.resetAndDestroy(),
    // The connection stays open, and no answer comes.
    () => undefined,
    (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 5);
    },
    (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      const drip = setInterval(() => void response.write('.'), 40);
      response.on('close', () => clearInterval(drip));
    },
    (response) => void response.socket?.end('SSH-2.0-OpenSSH\r\n\r\n'),
    ok,
  ];

  it('gives each call an answer or a typed error in its time, 1.1 requests a call, and is over when it is over', async () => {
    const url = `http://127.0.0.1:${proxy.port}/`;
    let turn = 0;
    storm = (...args) => troubles[turn++ % troubles.length]?.(...args);
    const outcomes = new Map<Outcome, number>();
    const calls = 300;
    const callOnce = async (): Promise<void> => {
      const startedMs = performance.now();
      const outcome = await outcomeOf(
        http.request({ url, timeouts: { connectMs: 200, firstByteMs: 150, totalMs: 400 } }),
      );
      expect(performance.now() - startedMs).toBeLessThan(400 + 150);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    };
    for (let round = 0; round < calls / 20; round++) {
      await Promise.all(Array.from({ length: 20 }, callOnce));
    }
    expect(server.seen.length).toBeLessThanOrEqual(calls * 1.1);
    expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBe(calls);
    const kinds = [
      200,
      429,
      502,
      503,
      'CLIENTS_CONNECTION_LOST',
      'CLIENTS_TIMEOUT',
      'CLIENTS_RESPONSE_INVALID',
    ];
    expect(kinds.filter((kind) => !outcomes.has(kind))).toEqual([]);
    expect([...outcomes.keys()].filter((outcome) => !kinds.includes(outcome))).toEqual([]);

    storm = ok;
    for (let call = 0; call < 20; call++) expect(await outcomeOf(http.request({ url }))).toBe(200);
    http.close();
    await wait(30);
    expect(proxy.open).toBe(0);
  });

  it('on connections that break again and again is no reason to send more', async () => {
    const url = `http://127.0.0.1:${proxy.port}/`;
    // Every second request on a connection resets it: what is kept is always broken, what is new never.
    const served = new WeakMap<object, number>();
    storm = (response) => {
      const socket = response.socket!;
      const count = (served.get(socket) ?? 0) + 1;
      served.set(socket, count);
      if (count === 2) socket.resetAndDestroy();
      else response.end('ok');
    };
    for (let call = 0; call < 200; call++) await outcomeOf(http.request({ url }));
    expect(server.seen.length).toBeLessThanOrEqual(220);
  });
});

describe('a storm of throttles from an AWS service', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const throttle: Answer = (response) =>
    void response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
      .end('{"__type":"com.amazon.coral.availability#ThrottlingException","message":"slow down"}');

  it('reaches the service at most 1.1 times, whatever is called, and is over when it is over', async () => {
    const documents = dynamoDocuments({
      endpoint: `http://127.0.0.1:${proxy.port}`,
      region: 'eu-west-1',
      credentials: () => Promise.resolve(credentials),
      http,
    });
    const Key = { pk: '1' };
    storm = throttle;
    for (let call = 0; call < 100; call++) {
      const calls = [
        documents.get({ TableName: 't', Key }),
        documents.put({ TableName: 't', Item: Key, ConditionExpression: 'attribute_not_exists(pk)' }),
        documents.transactWrite({ TransactItems: [{ Put: { TableName: 't', Item: Key } }] }),
      ];
      for (const ended of await Promise.allSettled(calls)) {
        expect(ended).toMatchObject({ status: 'rejected', reason: { name: 'ThrottlingException' } });
      }
    }
    expect(server.seen.length).toBeGreaterThan(300);
    expect(server.seen.length).toBeLessThanOrEqual(330);
    storm = (response) => void response.end('{}');
    await expect(documents.get({ TableName: 't', Key })).resolves.toEqual({});
    expect(server.connections).toBeLessThanOrEqual(3);
  });
});
