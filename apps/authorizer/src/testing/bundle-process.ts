import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const WORKSPACE = resolve(__dirname, '../../../..');
const BUNDLE = resolve(WORKSPACE, 'dist/apps/authorizer/main.cjs');
const DRIVER = resolve(__dirname, 'bundle-driver.cjs');

/** What one invocation of the built bundle came to. */
export interface BundleOutcome {
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
  /** `host:port` of every connection that was opened during the invocation. */
  readonly connections: readonly string[];
}

export interface BundleProcess {
  readonly exports: readonly string[];
  readonly invoke: (name: 'token' | 'request', event: unknown) => Promise<BundleOutcome>;
  /** Everything that the process has written so far, to both streams. */
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the built bundle in a process of its own, with nothing of this process's environment but what is given, and a clock that stands still.
 * Build it first: `nx build authorizer`; the test target depends on that.
 */
export async function startBundle(
  environment: Readonly<Record<string, string>>,
  nowMs: number,
): Promise<BundleProcess> {
  if (!existsSync(BUNDLE))
    throw new Error('dist/apps/authorizer/main.cjs is missing: npx nx build authorizer');
  const child = fork(DRIVER, [BUNDLE, String(nowMs)], {
    env: { ...environment },
    silent: true,
    execArgv: [],
  });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  const text = (): string => Buffer.concat(output).toString('utf8');

  const waiting = new Map<number, (outcome: BundleOutcome) => void>();
  let lastId = 0;
  const exports = await firstMessage(child, text);
  child.on('message', (message: BundleOutcome & { readonly id: number }) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });

  return {
    exports,
    invoke: (name, event) =>
      new Promise((settle) => {
        lastId += 1;
        waiting.set(lastId, settle);
        child.send({ id: lastId, name, event });
      }),
    output: text,
    close: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill();
      }),
  };
}

function firstMessage(child: ChildProcess, output: () => string): Promise<readonly string[]> {
  return new Promise((settle, reject) => {
    child.once('message', (message: { readonly ready: readonly string[] }) => settle(message.ready));
    child.once('exit', (code) => reject(new Error(`the bundle ended with ${String(code)}:\n${output()}`)));
  });
}
