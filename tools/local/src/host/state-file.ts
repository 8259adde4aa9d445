import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LocalError } from '../errors.ts';
import type { AccessKey } from './identities.ts';
import type { ApiFront, FunctionUrlFront } from './start-fronts.ts';

/** What scripts and end-to-end tests read while the host runs. */
export interface HostState {
  /** The host's process. */
  readonly pid: number;
  readonly console: string;
  readonly apis: readonly ApiFront[];
  readonly functionUrls: readonly FunctionUrlFront[];
  /** How to reach the services behind the functions with an AWS SDK. */
  readonly aws: {
    readonly region: string;
    readonly accountId: string;
    readonly endpoints: Readonly<Record<'dynamodb' | 'secretsManager' | 'ssm', string>>;
    readonly credentials: AccessKey;
  };
}

/**
 * Writes the state file in one step: a reader sees all of it or none. Only its owner may read it, for the access key.
 *
 * @returns what removes it again, unless another host has written its own there since.
 * @throws LocalError STATE_UNWRITABLE
 */
export function writeStateFile(file: string, state: HostState): () => void {
  const temporary = `${file}.${state.pid}.tmp`;
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  } catch (cause) {
    throw unwritable(file, cause);
  }
  try {
    writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw unwritable(file, cause);
  }
  return () => {
    if (isOwn(file, state.pid)) rmSync(file, { force: true });
  };
}

function isOwn(file: string, pid: number): boolean {
  try {
    const { pid: writer } = JSON.parse(readFileSync(file, 'utf8')) as Partial<HostState>;
    return writer === pid;
  } catch {
    return false;
  }
}

function unwritable(file: string, cause: unknown): LocalError {
  return new LocalError('STATE_UNWRITABLE', `The state file ${file} cannot be written.`, {
    cause,
    path: file,
  });
}
