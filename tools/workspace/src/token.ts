import { parseArgs } from 'node:util';
import { WorkspaceError } from './errors.ts';
import { runCommand } from './run-command.ts';
import { defaultStateFile, readHostState } from './start/host-state.ts';
import { mintToken } from './token/mint-token.ts';
import { type IssuerSource, readIssuer } from './token/read-issuer.ts';

const usage = `usage: npm run token -- --sub alice --scope "users:read users:write" [--seconds 3600] [--env dev]
Without --env: a token for the running local host. With --env dev: for the dev environment of the AWS account at hand.`;

/** `npm run token`: prints an access token, alone on its line. */
async function main(args: readonly string[]): Promise<number> {
  const { sub, scope, seconds, env, state } = parseOptions(args);
  const issuer = await readIssuer(await findSource(env, state));
  const token = await mintToken(
    issuer,
    { sub, scope, lifetimeSeconds: seconds },
    Math.floor(Date.now() / 1000),
  );
  console.log(token);
  return 0;
}

async function findSource(environment: string | undefined, stateFile: string): Promise<IssuerSource> {
  if (environment !== undefined) return { kind: 'environment', environment };
  const state = await readHostState(stateFile);
  if (state === undefined) {
    throw new WorkspaceError(
      'WORKSPACE_NOT_RUNNING',
      `no local host is running (${stateFile} is missing): npm start, or name --env dev`,
    );
  }
  return { kind: 'local', state };
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        sub: { type: 'string' },
        scope: { type: 'string', default: '' },
        seconds: { type: 'string', default: '3600' },
        env: { type: 'string' },
        state: { type: 'string', default: defaultStateFile },
      },
    });
    const seconds = Number(values.seconds);
    if (values.sub === undefined || values.sub === '') throw new TypeError('--sub is missing');
    if (!Number.isSafeInteger(seconds) || seconds < 1)
      throw new TypeError('--seconds is a whole number from 1');
    return { ...values, sub: values.sub, seconds };
  } catch (error) {
    throw new WorkspaceError('WORKSPACE_USAGE', `${(error as Error).message}\n${usage}`, { cause: error });
  }
}

runCommand(main);
