import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { atMost, medianOf, toRow } from '../../stats.ts';
import type { Suite, SuiteContext } from '../../suite.ts';

const targets = ['lint', 'typecheck', 'test', 'build', 'synth'];
const cachedRuns = 3;
const starts = 3;

/**
 * What the workspace itself costs: every target without a cache, all of it from the cache, and `npm start` to its
 * first answered request.
 */
export const workspaceSuite: Suite = {
  name: 'workspace',
  summary: 'cold and cached lint, typecheck, test, build, synth; npm start to the first 200',
  async run(context) {
    await rm(path.join(context.workspaceRoot, '.nx/cache'), { recursive: true, force: true });
    context.log('cold run of every target');
    const cold = [await timeTargets(context, ['--skip-nx-cache'])];
    context.log('filling the cache, then cached runs');
    await timeTargets(context, []);
    const cached: number[] = [];
    for (let run = 0; run < cachedRuns; run += 1) cached.push(await timeTargets(context, []));
    const firstResponses: number[] = [];
    for (let run = 0; run < starts; run += 1) firstResponses.push(await timeStart(context));
    const rows = [
      toRow({ name: 'workspace', metric: 'cold run', unit: 's', samples: cold }),
      toRow({ name: 'workspace', metric: 'cached run', unit: 's', samples: cached }),
      toRow({ name: 'workspace', metric: 'npm start to first 200', unit: 's', samples: firstResponses }),
    ];
    const coldSeconds = medianOf(rows, 'workspace', 'cold run');
    return {
      rows,
      budgets: [
        atMost('cached run / cold run', 0.2, medianOf(rows, 'workspace', 'cached run') / coldSeconds),
        atMost(
          'npm start / cold run',
          0.25,
          medianOf(rows, 'workspace', 'npm start to first 200') / coldSeconds,
        ),
      ],
    };
  },
};

async function timeTargets({ workspaceRoot }: SuiteContext, args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const nx = path.join(workspaceRoot, 'node_modules/.bin/nx');
  const child = spawn(nx, ['run-many', '-t', ...targets, '--exclude', 'bench', ...args], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', CI: 'true' },
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`nx run-many ended with ${String(code)}`);
  return (performance.now() - startedAt) / 1000;
}

/** Seconds from `npm start` until its own pasted request was answered with 200; the host is stopped again. */
async function timeStart({ workspaceRoot }: SuiteContext): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--port-base', '0'], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    let output = '';
    for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      output += chunk;
      const url = /(http:\/\/127\.0\.0\.1:\d+\S*?)\/hello/.exec(output)?.[1];
      if (url === undefined) continue;
      const response = await fetch(`${url}/hello`);
      if (response.status !== 200) throw new Error(`GET /hello answered ${response.status}`);
      return (performance.now() - startedAt) / 1000;
    }
    throw new Error(`npm start ended before it was ready:\n${output}`);
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}
