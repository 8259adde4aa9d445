import { rmSync } from 'node:fs';
import { usersContract } from '@gatehouse/users-contract';
import { createInfraApp } from './app.ts';
import { parseSynthArguments } from './cli/arguments.ts';
import { operationsOf } from './contract/operation.ts';
import { environments } from './environments/environments.ts';
import { findEnvironment } from './environments/parse-environment.ts';
import { InfraError } from './errors.ts';

/** Writes the cloud assembly that the arguments ask for. */
function synth(args: readonly string[]): void {
  const { env, parts, bundles, out } = parseSynthArguments(args);
  const environment = findEnvironment(environments, env);
  // What an earlier synth wrote and this one does not, such as a stack that is now left out, must not stay.
  rmSync(out, { recursive: true, force: true });
  createInfraApp({
    environment,
    operations: operationsOf(usersContract),
    parts,
    bundles,
    outdir: out,
  }).synth();
}

try {
  synth(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InfraError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
