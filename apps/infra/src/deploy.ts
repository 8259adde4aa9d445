import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import {
  deploymentPlan,
  type DeploymentArguments,
  parameterArguments,
  parseDeploymentArguments,
} from './cli/deployment-plan.ts';
import { runCommand } from './cli/options.ts';
import { synthesise } from './cli/synthesise.ts';
import type { Environment } from './environments/environment.ts';
import { environments } from './environments/environments.ts';
import { findEnvironment } from './environments/parse-environment.ts';
import type { Part } from './names.ts';

/**
 * `node dist/apps/infra/deploy.cjs deploy users-api --env dev`: synthesises that part alone and hands the assembly to the CDK's
 * command line. `nx deploy users-api -- --env dev` is this after the builds.
 */
async function main(args: DeploymentArguments): Promise<number> {
  const environment = findEnvironment(environments, args.env);
  if (isAbsent(environment, args.part)) {
    process.stdout.write(`${args.env} has no ${args.part} in environments.ts: nothing to ${args.action}\n`);
    return 0;
  }
  const work = join('dist', 'deploy', args.env, args.part);
  const assembly = args.assembly ?? join(work, 'cdk.out');
  if (args.assembly === undefined) {
    synthesise({ env: args.env, parts: [args.part], bundles: args.bundles, out: assembly, change: {} });
  }
  const outputs = join(work, 'outputs.json');
  for (const step of deploymentPlan({ ...args, environment, assembly, outputs })) {
    const known: unknown = existsSync(outputs) ? JSON.parse(readFileSync(outputs, 'utf8')) : undefined;
    const code = await cdk([...step.arguments, ...parameterArguments(step, known)]);
    if (code !== 0) return code;
  }
  return 0;
}

/** Whether the environment leaves the part out. */
function isAbsent({ edge, observability }: Environment, part: Part): boolean {
  return (part === 'edge' && edge === undefined) || (part === 'observability' && observability === undefined);
}

/** Runs the CDK's command line of this workspace, on this terminal; resolves to its exit code. */
function cdk(args: readonly string[]): Promise<number> {
  const command = createRequire(resolve('package.json')).resolve('aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [command, ...args], { stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

void runCommand(() => main(parseDeploymentArguments(process.argv.slice(2))));
