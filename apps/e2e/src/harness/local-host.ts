import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What the host writes into its state file (docs/architecture.md, "Seams"). */
export interface HostState {
  readonly console: string;
  readonly apis: readonly { readonly name: string; readonly kind: 'http' | 'rest'; readonly url: string }[];
  readonly functionUrls: readonly {
    readonly name: string;
    readonly authType: string;
    readonly url: string;
  }[];
  /** What a developer signs with. */
  readonly aws: {
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

export interface LocalHost {
  readonly pid: number;
  readonly stateFile: string;
  readonly state: HostState;
  /** What it printed up to its `ready` line. */
  readonly output: string;
  stop(): Promise<void>;
}

export const workspaceRoot = path.resolve(__dirname, '../../../..');
const readyWithinMs = 60_000;

/** The built file of another project, by its path below dist/. */
export const distFile = (file: string): string => path.join(workspaceRoot, 'dist', file);

/**
 * Runs the built local host on free ports, with a state file of its own.
 *
 * @param source `['--assembly', DIR]` or `['--template', FILE]`.
 * @param secrets what people put into an account: secret texts by name.
 */
export async function startLocalHost(
  source: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): Promise<LocalHost> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-e2e-'));
  const stateFile = path.join(folder, 'local.json');
  const secretsFile = path.join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify(secrets));
  const host = spawn(
    process.execPath,
    [
      distFile('tools/local/main.cjs'),
      ...source,
      '--state',
      stateFile,
      '--secrets',
      secretsFile,
      '--port-base',
      '0',
    ],
    { cwd: workspaceRoot, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = await untilReady(host);
  const state = JSON.parse(await readFile(stateFile, 'utf8')) as HostState;
  return { pid: host.pid!, stateFile, state, output, stop: () => stop(host) };
}

async function untilReady(host: ChildProcess): Promise<string> {
  let output = '';
  const timer = setTimeout(() => host.kill('SIGKILL'), readyWithinMs);
  host.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  for await (const line of createInterface({ input: host.stdout! })) {
    output += `${line}\n`;
    if (!/^ready\b/.test(line)) continue;
    clearTimeout(timer);
    host.stdout!.resume();
    return output;
  }
  clearTimeout(timer);
  throw new Error(`the local host ended before it was ready:\n${output}`);
}

async function stop(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  const closed = new Promise((resolve) => host.once('close', resolve));
  host.kill('SIGINT');
  await closed;
}
