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

/** Calls each port, then says what still keeps the process going, and what is still listening to the signal. */
const program = `
import { createHttpClient } from '${resolve(__dirname, 'http-client.ts')}';
import { getEventListeners } from 'node:events';
const client = createHttpClient({ timeouts: { connectMs: 150, firstByteMs: 150, totalMs: 400 } });
const { signal } = new AbortController();
const codes = [];
(async () => {
  for (const port of process.argv.slice(2)) {
    const url = 'http://127.0.0.1:' + port + '/';
    codes.push(await client.request({ url, signal }).then(() => 'ok', (error) => error.code));
    const early = new AbortController();
    setImmediate(() => early.abort());
    await client.request({ url, signal: early.signal }).catch(() => undefined);
  }
  client.close();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const left = process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap' && kind !== 'Immediate');
  process.stdout.write(JSON.stringify({ codes, left, listeners: getEventListeners(signal, 'abort').length }));
})();
`;

it('leaves no timer, no socket and no listener behind, whatever a call ended in', async () => {
  const server = await startTestServer();
  const proxies = await Promise.all(
    faults.map(async (fault) => Object.assign(await startChaosProxy(server.port), { fault })),
  );
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
    const ports = proxies.map(({ port }) => String(port));
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...ports]);
    const { codes, left, listeners } = JSON.parse(stdout) as {
      codes: string[];
      left: string[];
      listeners: number;
    };
    expect(codes).toHaveLength(faults.length);
    expect(codes[0]).toBe('ok');
    expect(left).toEqual([]);
    expect(listeners).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
    for (const proxy of proxies) await proxy.close();
    await server.close();
  }
}, 20_000);
