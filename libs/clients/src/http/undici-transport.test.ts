import {
  startChaosProxy,
  startTestServer,
  type ChaosProxy,
  type Fault,
  type TestServer,
} from '../testing/index.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { createUndiciTransport } from './undici-transport.ts';

let server: TestServer;
let client: HttpClient;
let proxy: ChaosProxy | undefined;
beforeEach(async () => {
  server = await startTestServer((response, request) =>
    response
      .writeHead(request.method === 'GET' ? 200 : 201, { 'x-method': request.method })
      .end('x'.repeat(200)),
  );
  client = createHttpClient({
    transport: createUndiciTransport({ connections: 2, connectMs: 300 }),
    timeouts: { firstByteMs: 300, totalMs: 900 },
    retries: 0,
  });
});
afterEach(async () => {
  client.close();
  await proxy?.close();
  await server.close();
});

describe('createUndiciTransport', () => {
  it('sends and reads as the default transport does', async () => {
    const response = await client.request({ url: `${server.url}/a?b=c`, method: 'PUT', json: { d: 1 } });
    expect(response).toMatchObject({ status: 201, headers: { 'x-method': 'PUT' } });
    expect(response.body.byteLength).toBe(200);
    expect(server.seen[0]).toMatchObject({ url: '/a?b=c', headers: { 'content-length': '7' } });
  });

  it('keeps its connections', async () => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 4 }, () => client.request({ url: server.url })));
    }
    expect(server.connections).toBe(2);
  });

  const faults: [name: string, fault: Fault, code: string][] = [
    ['a connection that never answers', { kind: 'halfOpen' }, 'CLIENTS_TIMEOUT'],
    ['a slow drip', { kind: 'drip', bytes: 1, everyMs: 50 }, 'CLIENTS_TIMEOUT'],
    ['a reset', { kind: 'resetOnRequest' }, 'CLIENTS_CONNECTION_LOST'],
    ['an answer cut in its body', { kind: 'truncate', bytes: 180 }, 'CLIENTS_CONNECTION_LOST'],
    ['an answer that is no HTTP', { kind: 'answer', text: 'SSH-2.0\r\n\r\n' }, 'CLIENTS_RESPONSE_INVALID'],
  ];
  it.each(faults)('gives the same code for %s', async (_name, fault, code) => {
    proxy = await startChaosProxy(server.port);
    proxy.fault = fault;
    await expect(client.request({ url: `http://127.0.0.1:${proxy.port}/` })).rejects.toMatchObject({ code });
  });

  it('caps an answer', async () => {
    await expect(client.request({ url: server.url, maxResponseBytes: 100 })).rejects.toMatchObject({
      code: 'CLIENTS_RESPONSE_TOO_LARGE',
    });
  });

  it('stops when the caller aborts', async () => {
    const signal = AbortSignal.timeout(30);
    proxy = await startChaosProxy(server.port);
    proxy.fault = { kind: 'halfOpen' };
    const call = client.request({ url: `http://127.0.0.1:${proxy.port}/`, signal });
    await expect(call).rejects.toMatchObject({ code: 'CLIENTS_ABORTED' });
  });

  it('is refused for untrusted URLs, whose guard it does not have', async () => {
    await expect(client.request({ url: server.url, untrustedUrl: true })).rejects.toMatchObject({
      code: 'CLIENTS_TARGET_REFUSED',
    });
  });
});
