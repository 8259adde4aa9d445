import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

let bundle: string | undefined;

/** Bundles the host as its build does, once for a test file. */
function hostBundle(): string {
  if (bundle !== undefined) return bundle;
  const source = path.resolve(__dirname, '..', '..');
  // Beside the workspace's packages, so that the engine's package is found as it is in an installed host.
  const outdir = mkdtempSync(path.join(tmpdir(), 'gatehouse-host-'));
  buildSync({
    entryPoints: [path.join(source, 'main.ts'), path.join(source, 'lambda/bootstrap/bootstrap.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir,
    outExtension: { '.js': '.cjs' },
    logLevel: 'error',
  });
  bundle = path.join(outdir, 'main.cjs');
  return bundle;
}

export interface HostProcess {
  readonly child: ChildProcess;
  /** What it has written so far, both streams. */
  readonly output: () => string;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
  /** Resolves when the output matches; rejects when the host ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Runs the host with these arguments, in the workspace's root. */
export function runHost(...args: readonly string[]): HostProcess {
  const child = spawn(process.execPath, [hostBundle(), ...args], {
    cwd: path.resolve(__dirname, '../../../../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    ended,
    output: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (match !== null) {
            listeners.delete(look);
            resolve(match);
          }
        };
        listeners.add(look);
        void ended.then(() =>
          reject(new Error(`the host ended without saying ${String(pattern)}:\n${text}`)),
        );
        look();
      }),
  };
}
