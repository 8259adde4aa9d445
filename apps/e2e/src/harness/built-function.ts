import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { distFile } from './local-host.ts';

const DRIVER = path.resolve(__dirname, '../fixtures/invoke-built.cjs');

/** What an invocation came to, and what the process holds when it has ended. */
export interface Invoked {
  readonly result?: unknown;
  /** `name: message` of what the handler threw. */
  readonly error?: string;
  /** Names of the files that have been loaded, without their folders. */
  readonly files: readonly string[];
  /** Kinds of what keeps the process going: sockets, timers, lookups. */
  readonly resources: readonly string[];
}

export interface InvokeOptions {
  /** Milliseconds until Lambda would end the invocation. Default 5000. */
  readonly remainingMs?: number;
  /** Whether X-Ray keeps the trace. Default false. */
  readonly sampled?: boolean;
}

/** A built function in an execution environment of its own. */
export interface BuiltFunction {
  invoke(event: unknown, options?: InvokeOptions): Promise<Invoked>;
  /** All that it has written so far. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts a function's bundle, alone, with the variables that Lambda and the templates would give it.
 *
 * @param bundle the file below dist/apps, such as `users-api/main.cjs`.
 */
export async function startBuiltFunction(
  bundle: string,
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<BuiltFunction> {
  const child = fork(DRIVER, [distFile(`apps/${bundle}`), name], {
    silent: true,
    execArgv: [],
    env: {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: '/var/task',
      // Nobody listens there, as UDP allows.
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9',
      ...variables,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const waiting = new Map<number, (invoked: Invoked) => void>();
  let lastId = 0;
  const ready = once(child, 'message');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(
      `the function ended with ${String(code)}:\n${output.replace(/^.{400,}$/gm, '[minified]')}`,
    );
  });
  await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  child.on('message', ({ id, ...invoked }: Invoked & { readonly id: number }) => {
    waiting.get(id)?.(invoked);
    waiting.delete(id);
  });
  return {
    invoke: (event, { remainingMs = 5_000, sampled = false } = {}) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        const trace = `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=${sampled ? '1' : '0'}`;
        child.send({ id: lastId, event, remainingMs, trace });
      }),
    output: () => output,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
