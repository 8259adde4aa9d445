import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { ErrorDocument } from '../error-document.ts';
import { until } from '../testing/run-function.ts';
import { RuntimeApi, type RuntimeResult } from './runtime-api.ts';

const agent = new Agent({ keepAlive: true });
const open: RuntimeApi[] = [];

afterEach(() => {
  for (const api of open.splice(0)) api.close();
});
afterAll(() => agent.destroy());

interface Told {
  ready: number;
  pollsLost: number;
  readonly results: RuntimeResult[];
  readonly initErrors: ErrorDocument[];
}

async function listen(): Promise<{ api: RuntimeApi; told: Told }> {
  const told: Told = { ready: 0, pollsLost: 0, results: [], initErrors: [] };
  const api = await RuntimeApi.listen({
    onReady: () => {
      told.ready++;
    },
    onPollLost: () => {
      told.pollsLost++;
    },
    onResult: (result) => void told.results.push(result),
    onInitError: (error) => void told.initErrors.push(error),
  });
  open.push(api);
  return { api, told };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A standard HTTP client, which knows nothing of this server. */
async function call(
  api: RuntimeApi,
  method: string,
  path: string,
  options: { body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, headers = {} } = options;
    const outgoing = request(
      { host: '127.0.0.1', port: api.port, agent, method, path: `/2018-06-01/runtime/${path}`, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: text }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const invocation = {
  requestId: 'id-1',
  deadlineMs: 1_767_225_600_000,
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
  traceHeader: 'Root=1-a;Parent=b;Sampled=0',
  payload: '{"key":"žluť"}',
};

async function polled(): Promise<{ api: RuntimeApi; told: Told; next: Promise<Answer> }> {
  const { api, told } = await listen();
  const next = call(api, 'GET', 'invocation/next');
  await until(() => api.polled);
  return { api, told, next };
}

async function delivered(): Promise<{ api: RuntimeApi; told: Told }> {
  const { api, told, next } = await polled();
  api.deliver(invocation);
  await next;
  return { api, told };
}

test('next waits, then gives the event with the documented headers', async () => {
  const { api, told, next } = await polled();
  expect(told.ready).toBe(1);
  api.deliver(invocation);
  expect(await next).toMatchObject({
    status: 200,
    body: invocation.payload,
    headers: {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': 'id-1',
      'lambda-runtime-deadline-ms': '1767225600000',
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': invocation.traceHeader,
    },
  });
});

test('a response is accepted once, for the invocation that runs', async () => {
  const { api, told } = await delivered();
  expect((await call(api, 'POST', 'invocation/other/response', { body: '1' })).status).toBe(400);
  const accepted = await call(api, 'POST', 'invocation/id-1/response', { body: '{"a":1}' });
  expect([accepted.status, accepted.body]).toEqual([202, '{"status":"OK"}']);
  expect((await call(api, 'POST', 'invocation/id-1/response', { body: '1' })).status).toBe(403);
  expect(told.results).toEqual([
    { kind: 'response', payload: Buffer.from('{"a":1}'), contentType: undefined },
  ]);
});

test('a chunked response is taken whole', async () => {
  const { api, told } = await delivered();
  const headers = { 'transfer-encoding': 'chunked', 'content-type': 'text/plain' };
  await call(api, 'POST', 'invocation/id-1/response', { body: 'hello', headers });
  expect(told.results).toEqual([
    { kind: 'response', payload: Buffer.from('hello'), contentType: 'text/plain' },
  ]);
});

test('an error’s document is passed on as it came', async () => {
  const { api, told } = await delivered();
  const body = '{ "errorMessage": "m", "errorType": "T", "trace": ["a"] }';
  expect((await call(api, 'POST', 'invocation/id-1/error', { body })).status).toBe(202);
  expect(told.results).toEqual([
    { kind: 'error', error: { errorType: 'T', errorMessage: 'm', payload: Buffer.from(body) } },
  ]);
});

test('an error that is no JSON gets its type from the header', async () => {
  const { api, told } = await delivered();
  const headers = { 'Lambda-Runtime-Function-Error-Type': 'Mine' };
  await call(api, 'POST', 'invocation/id-1/error', { body: 'oops', headers });
  expect(told.results).toMatchObject([{ kind: 'error', error: { errorType: 'Mine' } }]);
});

test('a stream that fails on its way is an error, told by trailers', async () => {
  const { api, told } = await delivered();
  const document = Buffer.from('{"errorType":"Late","errorMessage":"m"}').toString('base64');
  const socket = connect(api.port, '127.0.0.1');
  socket.end(
    'POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\n' +
      'Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '2\r\nab\r\n0\r\nLambda-Runtime-Function-Error-Type: Late\r\n' +
      `Lambda-Runtime-Function-Error-Body: ${document}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.resume().once('close', resolve));
  expect(told.results).toMatchObject([{ kind: 'error', error: { errorType: 'Late', errorMessage: 'm' } }]);
});

test.each([
  [6_291_556, 202, 'response'],
  [6_291_557, 413, 'error'],
])('a response of %i bytes is answered %i', async (bytes, status, kind) => {
  const { api, told } = await delivered();
  const answer = await call(api, 'POST', 'invocation/id-1/response', { body: Buffer.alloc(bytes, 'x') });
  expect(answer.status).toBe(status);
  expect(told.results).toMatchObject([{ kind }]);
});

test('a streamed response may be longer', async () => {
  const { api, told } = await delivered();
  const headers = { 'Lambda-Runtime-Function-Response-Mode': 'streaming' };
  await call(api, 'POST', 'invocation/id-1/response', { body: Buffer.alloc(7_000_000, 'x'), headers });
  expect(told.results).toMatchObject([{ kind: 'response' }]);
});

test('an initialisation’s error is taken before the first next alone', async () => {
  const { api, told } = await listen();
  const body = '{"errorType":"Runtime.ImportModuleError","errorMessage":"m"}';
  expect((await call(api, 'POST', 'init/error', { body })).status).toBe(202);
  expect(told.initErrors).toMatchObject([{ errorType: 'Runtime.ImportModuleError' }]);
  expect((await call(api, 'POST', 'init/error', { body })).status).toBe(403);
});

test('a second next, while one waits or an invocation runs, is refused', async () => {
  const { api, next } = await polled();
  expect((await call(api, 'GET', 'invocation/next')).status).toBe(403);
  api.deliver(invocation);
  await next;
  expect((await call(api, 'GET', 'invocation/next')).status).toBe(403);
});

test.each([
  ['GET', 'invocation'],
  ['PUT', 'invocation/next'],
  ['POST', 'invocation/next'],
  ['POST', 'invocation/id-1/other'],
  ['POST', 'x'],
])('%s %s is answered 404', async (method, path) => {
  const { api } = await listen();
  expect((await call(api, method, path)).status).toBe(404);
});

test('a connection that is lost while it waits is told, and another may ask', async () => {
  const { api, told } = await listen();
  const socket = connect(api.port, '127.0.0.1');
  socket.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n');
  await until(() => api.polled);
  socket.destroy();
  await until(() => !api.polled);
  expect(told.pollsLost).toBe(1);
  const next = call(api, 'GET', 'invocation/next');
  await until(() => api.polled);
  api.deliver(invocation);
  expect((await next).status).toBe(200);
});

test('an answer and the next poll may come in one piece', async () => {
  const { api, told } = await delivered();
  const socket = connect(api.port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (received += piece));
  socket.write(
    'POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nContent-Length: 1\r\n\r\n1' +
      'GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n',
  );
  await until(() => api.polled);
  expect(told.results).toHaveLength(1);
  api.deliver({ ...invocation, requestId: 'id-2' });
  await until(() => received.includes('id-2'));
  expect(received.startsWith('HTTP/1.1 202 ')).toBe(true);
  socket.destroy();
});

test('bytes that are no HTTP are answered 400, and the connection ends', async () => {
  const { api } = await listen();
  const socket = connect(api.port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (received += piece));
  socket.write('\x16\x03\x01 hello\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(received).toMatch(/^HTTP\/1\.1 400 /);
});
