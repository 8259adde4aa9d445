// Installs Stryker by its own lock file unless it is there, and runs it from the workspace's root.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const stryker = join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js');

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(stryker)) run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], here);
const files = process.argv.slice(2);
const mutate = files.length === 0 ? [] : ['--mutate', files.join(',')];
run(process.execPath, [stryker, 'run', join(here, 'stryker.auth.mjs'), ...mutate], root);
