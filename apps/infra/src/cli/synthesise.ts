import { rmSync } from 'node:fs';
import { createInfraApp } from '../app.ts';
import { usersOperations } from '../contract/users-operations.ts';
import { environments } from '../environments/environments.ts';
import { findEnvironment } from '../environments/parse-environment.ts';
import type { Part } from '../names.ts';

export interface Synthesis {
  /** Name of the environment in the table. */
  readonly env: string;
  readonly parts: readonly Part[];
  /** Where the apps' build outputs are. */
  readonly bundles: string;
  /** Where the cloud assembly goes; what was there is removed. */
  readonly out: string;
  /** Applied to the entry before it is checked; `{}` for none. */
  readonly change: Readonly<Record<string, unknown>>;
}

/**
 * Writes the cloud assembly of an environment from the users contract.
 *
 * @throws InfraError for anything that the environment, the contract or a bundle does not allow.
 */
export function synthesise({ env, parts, bundles, out, change }: Synthesis): void {
  const environment = findEnvironment(environments, env, change);
  const operations = usersOperations();
  // What an earlier synthesis wrote and this one does not, such as a stack that is left out now, must not stay.
  rmSync(out, { recursive: true, force: true });
  createInfraApp({ environment, operations, parts, bundles, outdir: out }).synth();
}
