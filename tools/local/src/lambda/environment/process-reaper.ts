import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Keeps the list of process groups that read(1) hands it, and kills them when its input ends: the kernel closes that pipe
 * however the host dies, SIGKILL included. (dash's `kill` knows no `--`; a signal first makes `-GROUP` an operand everywhere.)
 */
const SCRIPT = `
trap '' INT TERM HUP
groups=' '
while read -r operation group; do
  kept=' '
  for each in $groups; do [ "$each" = "$group" ] || kept="$kept$each "; done
  groups=$kept
  [ "$operation" = add ] && groups="$groups$group "
done
for each in $groups; do kill -9 "-$each" 2>/dev/null; done
`;

/**
 * Ends the functions' processes when the host itself is gone. A small shell beside the host, started with the first
 * process; on Windows nothing (there a runtime ends when its connection to the host closes).
 */
export class ProcessReaper {
  #shell: ChildProcess | undefined;

  /** Kills the group of this process, should the host die. */
  watch(pid: number): void {
    if (process.platform === 'win32') return;
    this.#shell ??= startShell();
    this.#shell.stdin?.write(`add ${pid}\n`);
  }

  /** The group is gone: its number may be another's from now on. */
  forget(pid: number): void {
    this.#shell?.stdin?.write(`remove ${pid}\n`);
  }

  /** Ends the shell, and with it every group that it still watches. */
  async close(): Promise<void> {
    const shell = this.#shell;
    this.#shell = undefined;
    if (shell?.exitCode !== null) return;
    shell.ref();
    await new Promise((resolve) => {
      shell.once('exit', resolve);
      shell.stdin?.end();
    });
  }
}

function startShell(): ChildProcess {
  // Its own session: Ctrl-C in the terminal ends the host first, and this one after it.
  const shell = spawn('/bin/sh', ['-c', SCRIPT], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
  });
  // Without a shell, runtimes still end with their connection.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return shell;
}
