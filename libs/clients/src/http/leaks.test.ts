import { buildSync } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startChaosProxy, startTestServer, type Fault } from '../testing/index.ts';

const faults: Fault[] = [
  { kind: 'none' },
  { kind: 'delay', delayMs: 400 },
  { kind: 'resetOnConnect' },
  { kind: 'resetOnRequest' },
  { kind: 'halfOpen' },
  { kind: 'truncate', bytes: 20 },
  { kind: 'drip', bytes: 1, everyMs: 40 },
  { kind: 'answer', text: 'not http\r\n\r\n' },
];

/** Calls each URL, then says what still keeps the process going, and what is still listening to the signal. */
const program = `
import { createHttpClient } from '${resolve(__dirname, 'http-client.ts')}';
import { getEventListeners } from 'node:events';
const lookup = (name, options, callback) => {
  if (name === 'nowhere.test') callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '');
};
const client = createHttpClient({ timeouts: { connectMs: 150, firstByteMs: 150, totalMs: 400 }, lookup });
const { signal } = new AbortController();
const codes = [];
(async () => {
  for (const url of process.argv.slice(2)) {
    codes.push(await client.request({ url, signal }).then(({ status }) => status, (error) => error.code));
    const early = new AbortController();
    setImmediate(() => early.abort());
    await client.request({ url, signal: early.signal }).catch(() => undefined);
    // One that is aborted while it waits to try again, too.
    const later = new AbortController();
    setTimeout(() => later.abort(), 30);
    await client.request({ url, signal: later.signal }).catch(() => undefined);
  }
  client.close();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const left = process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap' && kind !== 'Immediate');
  process.stdout.write(JSON.stringify({ codes, left, listeners: getEventListeners(signal, 'abort').length }));
})();
`;

interface Ended {
  readonly codes: readonly (number | string)[];
  readonly left: readonly string[];
  readonly listeners: number;
}

async function callEach(urls: readonly string[]): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-leaks-'));
  try {
    const script = join(folder, 'calls.cjs');
    buildSync({
      stdin: { contents: program, resolveDir: __dirname, loader: 'ts' },
      tsconfig: resolve(__dirname, '../../../../tsconfig.base.json'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
      logLevel: 'error',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...urls]);
    return JSON.parse(stdout) as Ended;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('leaves no timer, no socket and no listener behind, whatever a call ended in', async () => {
  const server = await startTestServer();
  const storm = await startTestServer((response) => response.writeHead(503, { 'retry-after': '1' }).end());
  const secure = await startTestServer(undefined, { tls: true });
  const proxies = await Promise.all(
    faults.map(async (fault) => Object.assign(await startChaosProxy(server.port), { fault })),
  );
  try {
    const { codes, left, listeners } = await callEach([
      ...proxies.map(({ port }) => `http://127.0.0.1:${port}/`),
      storm.url,
      `https://127.0.0.1:${secure.port}/`,
      `https://127.0.0.1:${server.port}/`,
      'http://nowhere.test/',
      'http://never-answered.test/',
    ]);
    expect(codes).toEqual([
      200,
      'CLIENTS_TIMEOUT',
      expect.stringMatching(/CLIENTS_(CONNECTION_LOST|CONNECT_FAILED)/),
      'CLIENTS_CONNECTION_LOST',
      'CLIENTS_TIMEOUT',
      'CLIENTS_CONNECTION_LOST',
      'CLIENTS_TIMEOUT',
      'CLIENTS_RESPONSE_INVALID',
      503,
      'CLIENTS_TLS_FAILED',
      'CLIENTS_TLS_FAILED',
      'CLIENTS_CONNECT_FAILED',
      'CLIENTS_TIMEOUT',
    ]);
    expect(left).toEqual([]);
    expect(listeners).toBe(0);
  } finally {
    for (const proxy of proxies) await proxy.close();
    for (const one of [server, storm, secure]) await one.close();
  }
}, 30_000);
