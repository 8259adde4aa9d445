import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Reads a data file that stays outside the repository. GATEHOUSE_SHARED names its folder, from the workspace's root; without it, or without
 * the file, the answer is undefined and a line says what is skipped.
 */
export function readSharedJson(path: string, what: string): unknown {
  const folder = process.env['GATEHOUSE_SHARED'];
  const file = folder === undefined || folder === '' ? undefined : resolve(WORKSPACE, folder, path);
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  process.stdout.write(`skipped: ${what} (set GATEHOUSE_SHARED to the folder that holds ${path})\n`);
  return undefined;
}

const WORKSPACE = resolve(__dirname, '../../../..');
