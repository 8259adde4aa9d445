import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { WorkspaceError } from './errors.ts';
import { runCommand } from './run-command.ts';
import { type HostState, defaultStateFile, readHostState } from './start/host-state.ts';
import { ensureLocalSecrets } from './start/local-secrets.ts';
import { mintToken } from './token/mint-token.ts';
import { readIssuer } from './token/read-issuer.ts';

const secretsFile = '.gatehouse/secrets.json';
const scope = 'users:read users:write users:admin';

/**
 * The last step of `npm start`: runs the built local host on dist/cdk.out and, when it is ready, prints requests to
 * paste. Further arguments go to the host. Ends with the host; signals are passed on to it.
 */
async function main(args: readonly string[]): Promise<number> {
  await ensureLocalSecrets(secretsFile);
  const host = spawn(
    process.execPath,
    [
      'dist/tools/local/main.cjs',
      '--assembly',
      'dist/cdk.out',
      '--state',
      defaultStateFile,
      '--secrets',
      secretsFile,
    ].concat(args),
    { stdio: ['inherit', 'pipe', 'inherit'] },
  );
  const exited = once(host, 'close') as Promise<[number | null]>;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => host.kill(signal));

  for await (const line of createInterface({ input: host.stdout })) {
    console.log(line);
    if (/^ready\b/.test(line)) await printRequests();
  }
  const [code] = await exited;
  return code ?? 1;
}

async function printRequests(): Promise<void> {
  const state = await readHostState(defaultStateFile);
  if (state === undefined)
    throw new WorkspaceError('WORKSPACE_HOST_FAILED', `the host wrote no ${defaultStateFile}`);
  const issuer = await readIssuer({ kind: 'local', state });
  const token = await mintToken(issuer, { sub: 'alice', scope }, Math.floor(Date.now() / 1000));
  console.log(formatRequests(state, token));
}

function formatRequests({ apis }: HostState, token: string): string {
  const url = (apis.find(({ kind }) => kind === 'http') ?? apis[0])?.url.replace(/\/$/, '') ?? '';
  return [
    '',
    'Paste one (the token is valid for an hour; npm run token makes others):',
    '',
    `  curl '${url}/hello?name=Ada'`,
    '',
    `  curl -H 'Authorization: Bearer ${token}' '${url}/users'`,
    '',
    `  curl -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '{"name":"Alice","email":"alice@example.com"}' '${url}/users'`,
    '',
  ].join('\n');
}

runCommand(main);
