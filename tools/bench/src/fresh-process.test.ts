import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runFreshProcess } from './fresh-process.ts';

const script = async (source: string) => {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'bench-')), 'script.cjs');
  await writeFile(file, source);
  return file;
};

describe('runFreshProcess', () => {
  it('parses the last line that the process prints', async () => {
    const file = await script(
      'console.log("noise"); console.log(JSON.stringify({ args: process.argv.slice(2) }));',
    );
    await expect(runFreshProcess(file, { args: ['x'] })).resolves.toEqual({ args: ['x'] });
  });

  it('keeps the environment of the benchmark out of the process', async () => {
    process.env['BENCH_LEAK'] = 'yes';
    const file = await script('console.log(JSON.stringify(process.env.BENCH_LEAK ?? null));');
    await expect(runFreshProcess(file)).resolves.toBeNull();
  });

  it('fails with what the process said on stderr', async () => {
    const file = await script('console.error("it broke"); process.exit(3);');
    await expect(runFreshProcess(file)).rejects.toThrow(/ended with 3[^]*it broke/);
  });

  it('ends a process at the timeout', async () => {
    const file = await script('setInterval(() => {}, 1000);');
    await expect(runFreshProcess(file, { timeoutMs: 200 })).rejects.toThrow('ended with null');
  });
});
