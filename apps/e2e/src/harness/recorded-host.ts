import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type HostState, distFile } from './local-host.ts';

/** What the state file says besides: how to reach the services behind the functions. */
export interface RecordedHostState extends HostState {
  readonly aws: {
    readonly region: string;
    readonly endpoints: { readonly dynamodb: string };
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** A local host of a test's own, of which everything is kept that it ever wrote. */
export interface RecordedHost {
  readonly stateFile: string;
  readonly state: RecordedHostState;
  /** Standard output and standard error so far. */
  output(): string;
  /** A page of its console, as text. */
  page(name: string): Promise<string>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/**
 * Runs the built local host on free ports with every trace sampled, and keeps all that it prints.
 *
 * @param secrets what people put into an account: secret texts by name.
 * @param assembly default: what infra has synthesised of dev.
 */
export async function startRecordedHost(
  secrets: Readonly<Record<string, string>>,
  assembly = distFile('cdk.out'),
): Promise<RecordedHost> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-e2e-'));
  const stateFile = path.join(folder, 'local.json');
  const secretsFile = path.join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify(secrets));
  const options = { assembly, state: stateFile, secrets: secretsFile, 'port-base': '0' };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const host = spawn(process.execPath, [distFile('tools/local/main.cjs'), ...args, '--sample-all'], {
    cwd: path.dirname(distFile('.')),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise((resolve) => host.once('close', resolve));
  let output = '';
  const isReady = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => host.kill('SIGKILL'), READY_WITHIN_MS);
    const keep = (text: string): void => {
      output += text;
      if (!/^ready\b/m.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    host.stdout.setEncoding('utf8').on('data', keep);
    host.stderr.setEncoding('utf8').on('data', keep);
    host.once('close', () => reject(new Error(`the local host ended before it was ready:\n${output}`)));
  });
  await isReady;
  const state = JSON.parse(await readFile(stateFile, 'utf8')) as RecordedHostState;
  return {
    stateFile,
    state,
    output: () => output,
    page: async (name) => (await fetch(`${state.console}${name}`)).text(),
    async stop() {
      host.kill('SIGINT');
      await closed;
    },
  };
}
