import { spawn, type ChildProcess } from 'node:child_process';
import { OutputLines } from './output-lines.ts';
import type { ProcessReaper } from './process-reaper.ts';

/** How a process ended. Both null: it could not be started. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface FunctionProcessOptions {
  readonly executable: string;
  readonly parameters: readonly string[];
  readonly workingDirectory: string;
  /** The whole environment: nothing of the host's is added. */
  readonly variables: Readonly<Record<string, string>>;
  readonly reaper: ProcessReaper;
  readonly onLine: (stream: 'stdout' | 'stderr', text: string, requestId: string | undefined) => void;
}

/** How long output may still come after a process has ended; a grandchild may hold the pipe. */
const OUTPUT_GRACE_MS = 100;

/** One process of a function, the leader of a process group that ends with it. */
export class FunctionProcess {
  /** Resolves when the process has ended and its output is read. */
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;

  constructor(options: FunctionProcessOptions) {
    this.#child = spawn(options.executable, options.parameters, {
      cwd: options.workingDirectory,
      env: { ...options.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: a timeout ends what the function started, and Ctrl-C in the terminal does not.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    if (this.#child.pid !== undefined) options.reaper.watch(this.#child.pid);
    this.#readLines('stdout', options.onLine);
    this.#readLines('stderr', options.onLine);
    this.exited = this.#untilExit(options);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends the whole group at once. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // No such group: everything in it has ended already.
    }
  }

  #readLines(name: 'stdout' | 'stderr', onLine: FunctionProcessOptions['onLine']): void {
    const lines = new OutputLines((text, requestId) => onLine(name, text, requestId));
    this.#child[name]?.on('data', (piece: Buffer) => lines.push(piece)).on('end', () => lines.end());
  }

  async #untilExit({ reaper, onLine }: FunctionProcessOptions): Promise<ProcessExit> {
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    const exit = await new Promise<ProcessExit>((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
      this.#child.once('error', (error) => {
        onLine('stderr', error.message, undefined);
        resolve({ code: null, signal: null });
      });
    });
    // What the function started and left behind goes with it.
    this.kill();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, OUTPUT_GRACE_MS).unref())]);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    if (this.pid !== undefined) reaper.forget(this.pid);
    return exit;
  }
}
