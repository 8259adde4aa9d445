import { buildSync } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBootstrap } from '../testing/build-bootstrap.ts';
import { isRunning, until } from '../testing/run-function.ts';

// Each test starts processes, and may do so on a machine that is busy with others.
jest.setTimeout(30_000);

/** A host of its own, to be killed: runs one function, whose event loop never turns again, and prints its process. */
function hostFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-reaper-'));
  const source = join(folder, 'host.ts');
  writeFileSync(
    source,
    `import { createFunctionInvoker } from ${JSON.stringify(join(__dirname, '..', 'create-function-invoker.ts'))};
     import { inlineFunction } from ${JSON.stringify(join(__dirname, '..', 'testing', 'function-model.ts'))};
     const fn = inlineFunction("exports.handler = async (event) => { if (event.loop) for (;;); return process.pid }", { timeoutMs: 60000 });
     const invoker = createFunctionInvoker([fn], { bootstrapFile: process.argv[2], warmSpare: false });
     const outcome = await invoker.invoke(fn.arn, '{}');
     process.stdout.write(Buffer.from(outcome.payload).toString() + '\\n');
     await invoker.invoke(fn.arn, '{"loop":true}');`,
  );
  const outfile = join(folder, 'host.mjs');
  buildSync({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: { js: 'const __dirname = "";' },
  });
  return outfile;
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a function in an endless loop ends with its host by %s',
  async (signal) => {
    const host = spawn(process.execPath, [hostFile(), buildBootstrap()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    host.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await until(() => printed.endsWith('\n'));
    const pid = Number(printed);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isRunning(pid)).toBe(true);
    host.kill(signal);
    await until(() => !isRunning(pid));
  },
);
