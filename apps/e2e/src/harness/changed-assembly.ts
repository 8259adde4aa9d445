import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { distFile, workspaceRoot } from './local-host.ts';

/**
 * Synthesises dev anew with another setting, in a folder of its own.
 *
 * @param change a JSON merge patch of its entry in infra's environments.
 */
export async function synthesiseDevWith(change: object): Promise<string> {
  const assembly = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-e2e-'));
  await promisify(execFile)(
    process.execPath,
    [distFile('apps/infra/main.cjs'), '--env', 'dev', '--change', JSON.stringify(change), '--out', assembly],
    { cwd: workspaceRoot, env: { ...process.env, CDK_VALIDATION: 'false' } },
  );
  return assembly;
}
