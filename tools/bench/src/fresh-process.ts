import { spawn } from 'node:child_process';

export interface FreshProcessOptions {
  readonly args?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default 120,000. */
  readonly timeoutMs?: number;
}

/**
 * Runs a script in a new Node process and parses the last line it prints as JSON.
 *
 * The child gets `PATH` and `env` alone, so that a developer's NODE_OPTIONS does not become a measurement.
 *
 * @throws Error when the process fails, is killed at the timeout, or prints no JSON line; its stderr is in the message.
 */
export async function runFreshProcess<Sample>(
  script: string,
  options: FreshProcessOptions = {},
): Promise<Sample> {
  const { args = [], nodeArgs = [], env = {}, cwd, timeoutMs = 120_000 } = options;
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(cwd === undefined ? {} : { cwd }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const lastLine = stdout.trimEnd().split('\n').at(-1);
  if (code !== 0 || lastLine === undefined || lastLine === '') {
    throw new Error(`${script} ended with ${String(code)}:\n${stderr || stdout}`);
  }
  return JSON.parse(lastLine) as Sample;
}
