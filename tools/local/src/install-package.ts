import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Runs npm with these parameters; rejects when it fails. */
export type RunNpm = (parameters: readonly string[]) => Promise<void>;

export interface PackageTarget {
  /** `name@version`. */
  readonly spec: string;
  /** The folder that holds the package's node_modules afterwards. Its parent is made when it is missing. */
  readonly directory: string;
}

/**
 * Installs one npm package into a folder of its own, without install scripts. Whole or not at all: it is installed
 * beside its place and moved there.
 *
 * @throws what npm or the file system throws; nothing is left behind.
 */
export async function installPackage(
  { spec, directory }: PackageTarget,
  npm: RunNpm = runNpm,
): Promise<void> {
  const parent = path.dirname(directory);
  mkdirSync(parent, { recursive: true });
  const beside = mkdtempSync(path.join(parent, 'install-'));
  try {
    await npm(['install', '--prefix', beside, '--ignore-scripts', '--no-audit', '--no-fund', spec]);
    rmSync(directory, { recursive: true, force: true });
    renameSync(beside, directory);
  } catch (cause) {
    rmSync(beside, { recursive: true, force: true });
    throw cause;
  }
}

const runNpm: RunNpm = async (parameters) => {
  // On Windows npm is a command file, which Node starts through a shell alone.
  const windows = process.platform === 'win32';
  await promisify(execFile)(windows ? 'npm.cmd' : 'npm', parameters, { shell: windows });
};
