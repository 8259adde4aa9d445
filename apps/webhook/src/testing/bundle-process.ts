import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const BUNDLE = resolve(__dirname, '../../../../dist/apps/webhook/receiver.cjs');
const DRIVER = resolve(__dirname, 'bundle-driver.cjs');

export interface BundleAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The built receiver in a process of its own. */
export interface BundleProcess {
  /** Runs one event at a time of ours; throws when the handler does. */
  readonly invoke: (event: unknown, nowMs: number) => Promise<BundleAnswer>;
  /** Everything that the process has written so far, to both streams. */
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

/** Starts it with nothing of this process's environment. Build it first: the test target depends on that. */
export async function startBundle(environment: Readonly<Record<string, string>>): Promise<BundleProcess> {
  if (!existsSync(BUNDLE)) throw new Error('dist/apps/webhook/receiver.cjs is missing: npx nx build webhook');
  const child = fork(DRIVER, [BUNDLE], { env: { ...environment }, silent: true, execArgv: [] });
  const output: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => output.push(piece));
  child.stderr?.on('data', (piece: Buffer) => output.push(piece));
  const waiting = new Map<number, (outcome: { result?: BundleAnswer; error?: string }) => void>();
  await Promise.race([once(child, 'message'), once(child, 'exit')]);
  child.on('message', (message: { id: number; result?: BundleAnswer; error?: string }) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  let lastId = 0;
  return {
    invoke: async (event, nowMs) => {
      const { result, error } = await new Promise<{ result?: BundleAnswer; error?: string }>((settle) => {
        waiting.set(++lastId, settle);
        child.send({ id: lastId, nowMs, event });
      });
      if (result === undefined) throw new Error(error);
      return result;
    },
    output: () => Buffer.concat(output).toString('utf8'),
    close: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
