import { setTimeout as wait } from 'node:timers/promises';
import { ClientsError, type ClientsErrorCode } from '../errors.ts';
import {
  startChaosProxy,
  startTestServer,
  testCertificate,
  type ChaosProxy,
  type Fault,
  type TestServer,
} from '../testing/index.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';

const timeouts = { connectMs: 300, firstByteMs: 300, totalMs: 900 };
let server: TestServer;
let proxy: ChaosProxy;
const clients: HttpClient[] = [];

function client(options: HttpClientOptions = {}): HttpClient {
  const made = createHttpClient({ timeouts, ...options });
  clients.push(made);
  return made;
}

/** Open sockets and lookups of this process. Timers are counted in a process of their own, `leaks.test.ts`. */
function openSockets(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|GetAddrInfo/.test(kind));
}

let before: string[];
beforeEach(async () => {
  before = openSockets();
  server = await startTestServer((response) => response.end('x'.repeat(200)));
  proxy = await startChaosProxy(server.port);
});
afterEach(async () => {
  for (const one of clients.splice(0)) one.close();
  await proxy.close();
  await server.close();
  await wait(20);
  expect(openSockets().length).toBeLessThanOrEqual(before.length);
});

const url = (): string => `http://127.0.0.1:${proxy.port}/`;

async function outcome(call: Promise<unknown>): Promise<{ code: ClientsErrorCode | 'ok'; tookMs: number }> {
  const startedMs = performance.now();
  const code = await call.then(
    () => 'ok' as const,
    (error: unknown) => {
      if (!(error instanceof ClientsError)) throw error;
      return error.code;
    },
  );
  return { code, tookMs: performance.now() - startedMs };
}

describe('each fault of a network', () => {
  const table: [name: string, fault: Fault, expected: ClientsErrorCode | 'ok'][] = [
    ['none', { kind: 'none' }, 'ok'],
    ['a delay within the timeout', { kind: 'delay', delayMs: 50 }, 'ok'],
    ['a delay beyond the timeout', { kind: 'delay', delayMs: 2_000 }, 'CLIENTS_TIMEOUT'],
    ['a reset at connect', { kind: 'resetOnConnect' }, 'CLIENTS_CONNECTION_LOST'],
    ['a reset at the request', { kind: 'resetOnRequest' }, 'CLIENTS_CONNECTION_LOST'],
    ['a connection that never answers', { kind: 'halfOpen' }, 'CLIENTS_TIMEOUT'],
    ['an answer cut in its head', { kind: 'truncate', bytes: 10 }, 'CLIENTS_CONNECTION_LOST'],
    ['an answer cut in its body', { kind: 'truncate', bytes: 200 }, 'CLIENTS_CONNECTION_LOST'],
    ['a slow drip that ends in time', { kind: 'drip', bytes: 100, everyMs: 20 }, 'ok'],
    ['a slow drip that does not', { kind: 'drip', bytes: 1, everyMs: 50 }, 'CLIENTS_TIMEOUT'],
    [
      'an answer that is no HTTP',
      { kind: 'answer', text: 'SSH-2.0-OpenSSH\r\n\r\n' },
      'CLIENTS_RESPONSE_INVALID',
    ],
    [
      'two lengths that differ',
      { kind: 'answer', text: 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab' },
      'CLIENTS_RESPONSE_INVALID',
    ],
    [
      'a head without end',
      { kind: 'answer', text: `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}` },
      'CLIENTS_RESPONSE_INVALID',
    ],
  ];
  it.each(table)('%s ends in the call within its deadline', async (_name, fault, expected) => {
    proxy.fault = fault;
    const { code, tookMs } = await outcome(client().request({ url: url() }));
    // A reset right after the handshake can reach the client before its socket has told that it is connected.
    if (fault.kind === 'resetOnConnect')
      expect(['CLIENTS_CONNECTION_LOST', 'CLIENTS_CONNECT_FAILED']).toContain(code);
    else expect(code).toBe(expected);
    expect(tookMs).toBeLessThan(timeouts.totalMs + 150);
  });

  it('a host that refuses connections', async () => {
    const free = await startTestServer();
    await free.close();
    const { code } = await outcome(client().request({ url: free.url }));
    expect(code).toBe('CLIENTS_CONNECT_FAILED');
  });

  it('a name that does not resolve', async () => {
    const lookup = ((_name, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), '')) as NonNullable<
      HttpClientOptions['lookup']
    >;
    const { code } = await outcome(client({ lookup }).request({ url: 'http://service.test/' }));
    expect(code).toBe('CLIENTS_CONNECT_FAILED');
  });

  it('a resolver that never answers', async () => {
    const { code, tookMs } = await outcome(
      client({ lookup: () => undefined }).request({ url: 'http://service.test/', retries: 0 }),
    );
    expect(code).toBe('CLIENTS_TIMEOUT');
    expect(tookMs).toBeLessThan(timeouts.connectMs + 150);
  });
});

describe('TLS', () => {
  it('refuses a certificate that nobody vouches for', async () => {
    const secure = await startTestServer(undefined, { tls: true });
    const { code } = await outcome(client().request({ url: secure.url }));
    await secure.close();
    expect(code).toBe('CLIENTS_TLS_FAILED');
  });

  it('refuses a certificate of another name', async () => {
    const secure = await startTestServer(undefined, { tls: true });
    const lookup = lookupOf('127.0.0.1');
    const { code } = await outcome(
      client({ ca: testCertificate.cert, lookup }).request({ url: `https://other.test:${secure.port}/` }),
    );
    await secure.close();
    expect(code).toBe('CLIENTS_TLS_FAILED');
  });

  it('fails on a server that speaks no TLS', async () => {
    const { code } = await outcome(client().request({ url: `https://127.0.0.1:${server.port}/` }));
    expect(code).toBe('CLIENTS_TLS_FAILED');
  });

  const handshakes: [name: string, fault: Fault, expected: ClientsErrorCode][] = [
    ['is reset', { kind: 'resetOnRequest' }, 'CLIENTS_CONNECT_FAILED'],
    ['is never answered', { kind: 'halfOpen' }, 'CLIENTS_TIMEOUT'],
    ['is cut', { kind: 'truncate', bytes: 50 }, 'CLIENTS_CONNECT_FAILED'],
    ['drips', { kind: 'drip', bytes: 20, everyMs: 50 }, 'CLIENTS_TIMEOUT'],
    [
      'is answered by what is no TLS',
      { kind: 'answer', text: 'HTTP/1.1 400 no\r\n\r\n' },
      'CLIENTS_TLS_FAILED',
    ],
  ];
  it.each(handshakes)(
    'fails within the time to connect when the handshake %s',
    async (_name, fault, expected) => {
      const secure = await startTestServer(undefined, { tls: true });
      const broken = await startChaosProxy(secure.port);
      broken.fault = fault;
      const call = client({ ca: testCertificate.cert }).request({
        url: `https://127.0.0.1:${broken.port}/`,
        method: 'POST',
        body: 'pay',
        retries: 0,
      });
      const { code, tookMs } = await outcome(call);
      await broken.close();
      await secure.close();
      expect(code).toBe(expected);
      expect(tookMs).toBeLessThan(timeouts.connectMs + 150);
      expect(secure.seen).toEqual([]);
    },
  );

  it('keeps its connections as plain HTTP does', async () => {
    const secure = await startTestServer(undefined, { tls: true });
    const trusting = client({ ca: testCertificate.cert });
    for (let call = 0; call < 5; call++) await trusting.request({ url: secure.url });
    expect(secure.connections).toBe(1);
    trusting.close();
    await secure.close();
  });
});

describe('kept connections', () => {
  it('serve the requests of all invocations', async () => {
    const one = client();
    for (let invocation = 0; invocation < 20; invocation++) {
      await one.request({ url: url() });
      await wait(invocation === 10 ? 30 : 0);
    }
    expect(proxy.accepted).toBe(1);
    expect(server.connections).toBe(1);
  });

  it('are as many as requests run at the same time', async () => {
    const one = client({ maxSockets: 4 });
    await Promise.all(Array.from({ length: 16 }, () => one.request({ url: url() })));
    await Promise.all(Array.from({ length: 16 }, () => one.request({ url: url() })));
    expect(proxy.accepted).toBe(4);
  });

  it('are replaced when they were closed while idle, without the caller noticing', async () => {
    const one = client();
    await one.request({ url: url() });
    await wait(1_050);
    proxy.fault = { kind: 'resetOnRequest' };
    const call = one.request({ url: url(), retries: 0 });
    await untilAccepted(2);
    proxy.fault = { kind: 'none' };
    expect((await call).attempts).toBe(2);
  });

  it('are replaced once, not again and again', async () => {
    const one = client();
    await one.request({ url: url() });
    await wait(1_050);
    proxy.fault = { kind: 'resetOnRequest' };
    const { code } = await outcome(one.request({ url: url(), retries: 0 }));
    expect(code).toBe('CLIENTS_CONNECTION_LOST');
    expect(proxy.accepted).toBe(2);
  });

  it('that break after many requests are replaced as well: servers close them for their age', async () => {
    const one = client();
    for (let call = 0; call < 100; call++) await one.request({ url: url() });
    proxy.fault = { kind: 'resetOnRequest' };
    const call = one.request({ url: url(), retries: 0 });
    await untilAccepted(2);
    proxy.fault = { kind: 'none' };
    expect((await call).attempts).toBe(2);
  });

  it('that break while they are busy are replaced under the retry budget alone', async () => {
    const one = client();
    await one.request({ url: url() });
    proxy.fault = { kind: 'resetOnRequest' };
    const { code } = await outcome(one.request({ url: url(), retries: 0 }));
    expect(code).toBe('CLIENTS_CONNECTION_LOST');
    expect(proxy.accepted).toBe(1);
  });

  it('that were closed are no reason to send a request twice that must not be', async () => {
    const one = client();
    await one.request({ url: url() });
    proxy.fault = { kind: 'resetOnRequest' };
    const { code } = await outcome(one.request({ url: url(), method: 'POST', body: 'pay' }));
    expect(code).toBe('CLIENTS_CONNECTION_LOST');
    expect(proxy.accepted).toBe(1);
  });

  it('that were closed while the function was frozen are not used, even for a POST', async () => {
    const one = client();
    await one.request({ url: url() });
    proxy.resetAll();
    // Frozen: the event loop does not turn, and sees the reset only after the next request was begun.
    const thawAtMs = Date.now() + 1_100;
    while (Date.now() < thawAtMs);
    const response = await one.request({ url: url(), method: 'POST', body: 'pay' });
    expect(response).toMatchObject({ status: 200, attempts: 1 });
  });

  it('do not hold on to the old address of a name', async () => {
    const other = await startTestServer((response) => response.end('new'));
    const moved = await startChaosProxy(other.port, { host: '127.0.0.2', port: proxy.port });
    let address = '127.0.0.1';
    const one = client({ lookup: (name, options, callback) => lookupOf(address)(name, options, callback) });
    const call = (): Promise<{ body: Uint8Array }> =>
      one.request({ url: `http://service.test:${proxy.port}/` });
    expect((await call()).body.byteLength).toBe(200);
    address = '127.0.0.2';
    proxy.resetAll();
    expect(Buffer.from((await call()).body).toString()).toBe('new');
    one.close();
    await moved.close();
    await other.close();
  });
});

async function untilAccepted(count: number): Promise<void> {
  // Looks at every turn, so that the fault ends before the second connection's request comes.
  while (proxy.accepted < count) await new Promise((resolve) => setImmediate(resolve));
}

function lookupOf(address: string): NonNullable<HttpClientOptions['lookup']> {
  return (_name, options, callback) => {
    if (options.all === true) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  };
}
