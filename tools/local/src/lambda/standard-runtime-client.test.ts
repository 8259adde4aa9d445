import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inlineFunction } from './testing/function-model.ts';
import { closeFunctions, jsonOf, runFunction } from './testing/run-function.ts';

// Each test starts processes, and may do so on a machine that is busy with others.
jest.setTimeout(30_000);

/** A runtime client as anybody would write it, by the documentation alone: node:http, a connection for each request. */
const CLIENT = `
const http = require('node:http');
const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const call = (method, path, body) => new Promise((resolve, reject) => {
  const request = http.request({ hostname, port, method, path: '/2018-06-01/runtime/' + path, agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (piece) => (text += piece)).on('end', () => resolve({ headers: response.headers, text }));
  });
  request.on('error', reject);
  request.end(body);
});
(async () => {
  for (;;) {
    const { headers, text } = await call('GET', 'invocation/next');
    const id = headers['lambda-runtime-aws-request-id'];
    const event = JSON.parse(text);
    console.log('serving', event.n);
    if (event.fail) await call('POST', 'invocation/' + id + '/error', JSON.stringify({ errorType: 'Mine', errorMessage: 'm' }));
    else await call('POST', 'invocation/' + id + '/response', JSON.stringify({ n: event.n, pid: process.pid }));
  }
})();
`;

const bootstrapFile = join(mkdtempSync(join(tmpdir(), 'gatehouse-client-')), 'client.cjs');
writeFileSync(bootstrapFile, CLIENT);

afterEach(closeFunctions);

test('a client that knows the documented API alone serves invocations', async () => {
  const { invoke, lines } = runFunction(inlineFunction(''), { bootstrapFile });
  const first = jsonOf(await invoke({ n: 1 })) as { n: number; pid: number };
  expect(jsonOf(await invoke({ n: 2 }))).toEqual({ n: 2, pid: first.pid });
  expect(jsonOf(await invoke({ n: 3, fail: true }))).toEqual({ errorType: 'Mine', errorMessage: 'm' });
  expect(jsonOf(await invoke({ n: 4 }))).toEqual({ n: 4, pid: first.pid });
  expect(lines()).toEqual(expect.arrayContaining(['serving 1', 'serving 4']));
});

test('one that hangs up and does not ask again is replaced', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-client-')), 'stuck.cjs');
  writeFileSync(
    file,
    `const socket = require('node:net').connect(process.env.AWS_LAMBDA_RUNTIME_API.split(':')[1], '127.0.0.1');
     socket.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n');
     setTimeout(() => socket.destroy(), 50);
     setInterval(() => {}, 1000);`,
  );
  const { invoke, invoker } = runFunction(inlineFunction('', { timeoutMs: 1000, reservedConcurrency: 1 }), {
    bootstrapFile: file,
  });
  invoker.warmUp();
  await new Promise((resolve) => setTimeout(resolve, 400));
  // The place of the stuck environment is free again: this call gets one of its own, which does not answer either.
  expect((await invoke()).kind).toBe('timeout');
});
