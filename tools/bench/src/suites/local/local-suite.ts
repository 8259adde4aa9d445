import { build } from 'esbuild';
import path from 'node:path';
import { runFreshProcess } from '../../fresh-process.ts';
import { interleave } from '../../interleave.ts';
import { installPeers } from '../../peers.ts';
import { atLeast, atMost, medianOf, toRow } from '../../stats.ts';
import type { Budget, Row, Suite, SuiteContext } from '../../suite.ts';
import { forkToAnswerMs, spareToAnswerMs } from './cold-starts.ts';
import type { LoadSample } from './load-driver.ts';
import {
  bareHost,
  gatehouseHost,
  serverlessOfflineHost,
  type RunningHost,
  type StartHost,
} from './run-host.ts';
import { writeSubject, type Subject } from './subject.ts';

const LOAD_ROUNDS = 3;
const START_ROUNDS = 3;
const COLD_ROUNDS = 9;
const LOAD_SECONDS = 2;
const CONNECTIONS = [1, 10, 16, 50];
/** Long enough for the environment that is started ahead. */
const SETTLE_MS = 600;

interface Plan {
  readonly context: SuiteContext;
  readonly subject: Subject;
  readonly hosts: readonly { readonly name: string; readonly start: StartHost }[];
}

/**
 * The local host against serverless-offline and bare node:http, one function behind an HTTP API: throughput by
 * connections, start to the first answer, and a function's cold start from the spare against a fork.
 */
export const localSuite: Suite = {
  name: 'local',
  summary: 'the local host against serverless-offline and bare node:http: throughput, start, cold start',
  async run(context) {
    const peers = await installPeers(context.workspaceRoot, 'local');
    const subject = await writeSubject(context.workspaceRoot, peers.directory);
    const plan: Plan = {
      context,
      subject,
      hosts: [
        { name: 'ours', start: gatehouseHost(subject, context.workspaceRoot) },
        { name: 'bare node:http', start: bareHost(subject) },
        { name: 'serverless-offline', start: serverlessOfflineHost(subject, peers.directory) },
      ],
    };
    const rows = [
      ...(await measureStarts(plan)),
      ...(await measureColdStarts(plan)),
      ...(await measureLoad(plan, peers.directory)),
    ];
    return { rows, budgets: budgetsOf(rows) };
  },
};

async function measureStarts({ context, hosts }: Plan): Promise<Row[]> {
  context.log('local: start to the first answer');
  const candidates = hosts.map(({ name, start }) => ({
    name,
    measure: async () => {
      const host = await start();
      await host.stop();
      return host.firstAnswerMs;
    },
  }));
  const samples = await interleave(candidates, START_ROUNDS);
  return [...samples].map(([name, values]) =>
    toRow({ name, metric: 'start to first 200', unit: 'ms', samples: values }),
  );
}

async function measureColdStarts({ context, subject }: Plan): Promise<Row[]> {
  context.log('local: cold starts');
  const start = gatehouseHost(subject, context.workspaceRoot, { path: '/nothing-here', status: 404 });
  const candidates = [
    {
      name: 'ours',
      measure: async () => {
        const host = await start();
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        const took = await spareToAnswerMs(host);
        await host.stop();
        return took;
      },
    },
    { name: 'fork', measure: () => forkToAnswerMs(subject) },
  ];
  const samples = await interleave(candidates, COLD_ROUNDS);
  return [...samples].map(([name, values]) =>
    toRow({ name, metric: 'cold start', unit: 'ms', samples: values }),
  );
}

/** All hosts are up at once, so that each connection count meets every one of them within the same minute. */
async function measureLoad({ context, hosts }: Plan, peersDirectory: string): Promise<Row[]> {
  const driver = await buildLoadDriver(context.workspaceRoot);
  const running: { readonly name: string; readonly host: RunningHost }[] = [];
  try {
    for (const { name, start } of hosts) running.push({ name, host: await start() });
    const rows: Row[] = [];
    for (const connections of CONNECTIONS) {
      context.log(`local: ${connections} connections`);
      const candidates = running.map(({ name, host }) => ({
        name,
        measure: () =>
          runFreshProcess<LoadSample>(driver, {
            args: [peersDirectory, host.url, String(connections), String(LOAD_SECONDS)],
          }),
      }));
      for (const [name, samples] of await interleave(candidates, LOAD_ROUNDS)) {
        const metric = `c${connections}`;
        rows.push(
          toRow({ name, metric, unit: 'req/s', samples: samples.map(({ perSecond }) => perSecond) }),
          toRow({
            name,
            metric: `${metric} failed`,
            unit: 'requests',
            samples: samples.map(({ failed }) => failed),
          }),
        );
      }
    }
    return rows;
  } finally {
    await Promise.all(running.map(({ host }) => host.stop()));
  }
}

async function buildLoadDriver(workspaceRoot: string): Promise<string> {
  const outfile = path.join(workspaceRoot, 'dist/bench/local/load-driver.cjs');
  await build({
    entryPoints: [path.join(workspaceRoot, 'tools/bench/src/suites/local/load-driver.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    outfile,
  });
  return outfile;
}

function budgetsOf(rows: readonly Row[]): Budget[] {
  const ratio = (metric: string, left: string, right: string): number =>
    medianOf(rows, left, metric) / medianOf(rows, right, metric);
  const offline = 'serverless-offline';
  return [
    atLeast('16 connections, of bare node:http', 0.4, ratio('c16', 'ours', 'bare node:http')),
    atLeast('1 connection, times serverless-offline', 4, ratio('c1', 'ours', offline)),
    atLeast('10 connections, times serverless-offline', 4, ratio('c10', 'ours', offline)),
    atLeast('50 connections, times serverless-offline', 20, ratio('c50', 'ours', offline)),
    atMost('start to first 200, of serverless-offline', 0.1, ratio('start to first 200', 'ours', offline)),
    atMost('cold start from the spare, of a fork', 0.2, ratio('cold start', 'ours', 'fork')),
    atMost('failed requests under load', 0, medianOf(rows, 'ours', 'c50 failed')),
  ];
}
