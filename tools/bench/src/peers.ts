import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

/** A folder of `tools/bench/peers` with its dependencies in place. */
export interface Peers {
  readonly directory: string;
  /** Resolves a module as a file of that folder would. */
  readonly require: NodeJS.Require;
}

/**
 * Installs the peers of a suite (`npm ci` by their own lock file) unless that very lock file is what is installed.
 * They are no part of the root install, so that a team which never runs a benchmark never pays for them.
 *
 * @throws Error when npm fails, with what it said.
 */
export async function installPeers(workspaceRoot: string, name: string): Promise<Peers> {
  const directory = path.join(workspaceRoot, 'tools/bench/peers', name);
  const lock = await readFile(path.join(directory, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex');
  const marker = path.join(directory, 'node_modules/.gatehouse-lock');
  const installed = await readFile(marker, 'utf8').catch(() => undefined);
  if (installed !== digest) {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: directory,
    });
    await writeFile(marker, digest);
  }
  return { directory, require: createRequire(path.join(directory, 'package.json')) };
}
