import { build, type Plugin } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** This workspace's, wherever its packages are installed. */
const root = resolve(__dirname, '../../../..');

export interface FunctionRun {
  /** TypeScript of a program; it may import `@gatehouse/*`. */
  readonly program: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False keeps packages out of the bundle, so that `require.cache` tells which were loaded. Default true. */
  readonly bundlePackages?: boolean;
  /** Added to those of the bundle. */
  readonly plugins?: Plugin[];
}

/**
 * Runs a program as a function runs: bundled to one CommonJS file, in a process of its own that has nothing of this
 * one's environment.
 * @returns what it wrote to stdout.
 */
export async function runFunction(run: FunctionRun): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-function-'));
  try {
    const outfile = join(folder, 'main.cjs');
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await build({
      stdin: { contents: run.program, resolveDir: root, loader: 'ts' },
      tsconfig: join(root, 'tsconfig.base.json'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      outfile,
      logLevel: 'error',
      plugins: run.plugins ?? [],
      ...(run.bundlePackages === false && { packages: 'external' as const }),
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], {
      env: { ...run.env },
      timeout: 20_000,
    });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
