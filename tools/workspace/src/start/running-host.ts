import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WorkspaceError } from '../errors.ts';

/** An `npm start` of another process, ready for requests. */
export interface RunningHost {
  /** All that it printed up to and with its requests to paste. */
  readonly output: string;
  /** Asks it to end, and resolves when it has; its exit code, or null after a signal. */
  stop(): Promise<number | null>;
}

/**
 * Runs `npm start` on free ports and waits until it prints its requests to paste.
 *
 * @throws WorkspaceError `WORKSPACE_HOST_FAILED` with what it printed, when it ends before it is ready.
 */
export async function startHost(workspaceRoot: string): Promise<RunningHost> {
  const child = spawn('npm', ['start', '--silent', '--', '--port-base', '0'], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  let output = '';
  for await (const line of createInterface({ input: child.stdout })) {
    output += `${line}\n`;
    if (/^\s*curl .*-d /.test(line)) {
      child.stdout.resume();
      return { output, stop: () => stop(child, closed) };
    }
  }
  throw new WorkspaceError(
    'WORKSPACE_HOST_FAILED',
    `npm start ended with ${String(await closed)}:\n${output}`,
  );
}

function stop(child: ChildProcess, closed: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  return closed;
}
