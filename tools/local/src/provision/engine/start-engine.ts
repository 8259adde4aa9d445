import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { LocalError } from '../../errors.ts';
import { ProcessReaper } from '../../lambda/environment/process-reaper.ts';

/** A running DynamoDB engine, in memory: what it holds ends with it. */
export interface Engine {
  readonly endpoint: string;
  /** Resolves when the process has gone. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends it at once, without waiting. */
  kill(): void;
}

export interface StartEngineOptions {
  /** Told when the engine ends although nobody stopped it. */
  readonly onExit?: (error: LocalError) => void;
  /** How long it may take until it listens. Default 5,000. */
  readonly startTimeoutMs?: number;
}

const startAttempts = 3;

/**
 * Starts the engine's program on a free port of 127.0.0.1, in a process group of its own.
 *
 * @throws LocalError ENGINE_START_FAILED when it does not listen in time.
 */
export async function startEngine(program: string, options: StartEngineOptions = {}): Promise<Engine> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(program, await freePort(), options);
    } catch (error) {
      // The port may have been taken between the look and the start.
      if (attempt === startAttempts || !String(error).includes('in use')) throw error;
    }
  }
}

async function startOnPort(program: string, port: number, options: StartEngineOptions): Promise<Engine> {
  const child = spawn(program, ['serve', '--host', '127.0.0.1', '--port', String(port)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
  });
  // Ends the engine also when the host is killed before it can.
  const reaper = new ProcessReaper();
  if (child.pid !== undefined) reaper.watch(child.pid);
  let output = '';
  let stopping = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      if (child.pid !== undefined) reaper.forget(child.pid);
      void reaper.close();
      resolve();
    });
    child.once('error', () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void => {
      child.kill('SIGKILL');
      reject(
        new LocalError('ENGINE_START_FAILED', `The DynamoDB engine ${program} ${reason}. ${output}`.trim(), {
          cause,
        }),
      );
    };
    const timer = setTimeout(() => fail('did not start in time'), options.startTimeoutMs ?? 5000);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    child.once('error', (cause) => settle(() => fail('cannot be started', cause)));
    child.once('exit', (code) => settle(() => fail(`ended with code ${String(code)}`)));
    const read = (chunk: Buffer): void => {
      output = `${output}${chunk.toString('utf8')}`.slice(-2000);
      if (output.includes('listening on')) settle(resolve);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  child.once('exit', (code, signal) => {
    if (stopping) return;
    options.onExit?.(
      new LocalError(
        'ENGINE_EXITED',
        `The DynamoDB engine ended (${signal ?? `code ${String(code)}`}). ${output}`.trim(),
        {
          hint: 'Start the host again; tables start empty.',
        },
      ),
    );
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      stopping = true;
      signalGroup(child, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 1000);
      await gone;
      clearTimeout(timer);
    },
    kill() {
      stopping = true;
      signalGroup(child, 'SIGKILL');
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** A port that is free now: the engine itself does not tell which one it takes. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
