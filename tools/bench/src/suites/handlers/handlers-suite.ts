import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runFreshProcess } from '../../fresh-process.ts';
import { interleave } from '../../interleave.ts';
import { installPeers } from '../../peers.ts';
import { atMost, medianOf, toRow } from '../../stats.ts';
import type { Budget, Row, Suite, SuiteContext } from '../../suite.ts';
import { benchRequests } from './bench-requests.ts';
import { bundleCandidate } from './bundle-candidate.ts';
import type { Bundle } from './bundle-candidate.ts';
import type { HandlerSample } from './sample-process.ts';
import { usersApiRows } from './users-api.ts';

const OURS = 'gatehouse';
const PEERS = ['middy', 'hono', 'powertools', 'express'];
const DEFAULT_ROUNDS = 7;

/**
 * Four routes with CORS and a checked body, as the kernel, four peers and bare code answer them; then what users-api loads. `--rounds N` takes more
 * samples than seven.
 */
export const handlersSuite: Suite = {
  name: 'handlers',
  summary: 'bundle, cold start, heap and time per request of the kernel, its peers and bare code',
  async run(context) {
    const directory = path.join(context.workspaceRoot, 'dist/bench/handlers');
    await mkdir(directory, { recursive: true });
    const bundles = await bundleAll(context, directory);
    // What warms the module loader of every sample before its candidate is loaded.
    await writeFile(path.join(directory, 'empty.cjs'), '');
    const requestsFile = path.join(directory, 'requests.json');
    await writeFile(requestsFile, JSON.stringify(benchRequests));
    const script = await bundleScript(context, directory, 'sample-process');
    const initScript = await bundleScript(context, directory, 'init-process');
    const candidates = [...bundles].map(([name, { file }]) => ({
      name,
      measure: () =>
        runFreshProcess<HandlerSample>(script, { args: [file, requestsFile], nodeArgs: ['--expose-gc'] }),
    }));
    const rounds = readRounds(context.args);
    context.log(`${rounds} rounds of ${candidates.map(({ name }) => name).join(', ')}`);
    const samples = await interleave(candidates, rounds);
    const rows = [...bundles].flatMap(([name, bundle]) => [
      ...bundleRows(name, bundle),
      ...sampleRows(name, samples.get(name) ?? []),
    ]);
    const { workspaceRoot } = context;
    const app = await usersApiRows({ workspaceRoot, directory, initScript, rounds });
    return { rows: [...rows, ...app], budgets: budgetsOf(rows) };
  },
};

async function bundleAll(context: SuiteContext, directory: string): Promise<Map<string, Bundle>> {
  context.log('installing the peers by their lock file, if they are not there');
  const { directory: peers } = await installPeers(context.workspaceRoot, 'handlers');
  const own = path.join(context.workspaceRoot, 'tools/bench/src/suites/handlers/entries');
  const entries = [
    ['bare', path.join(own, 'bare.ts')],
    [OURS, path.join(own, 'gatehouse.ts')],
    ...PEERS.map((name) => [name, path.join(peers, 'entries', `${name}.mjs`)]),
  ] as const;
  const bundles = new Map<string, Bundle>();
  for (const [name = '', entry = ''] of entries) {
    const file = path.join(directory, `${name}.cjs`);
    bundles.set(name, await bundleCandidate(entry, { workspaceRoot: context.workspaceRoot, file }));
  }
  return bundles;
}

/** A script of this folder as a file that plain Node runs. */
async function bundleScript(
  { workspaceRoot }: SuiteContext,
  directory: string,
  name: string,
): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = path.join(directory, `${name}.mjs`);
  await build({
    entryPoints: [path.join(workspaceRoot, 'tools/bench/src/suites/handlers', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

function readRounds(args: readonly string[]): number {
  const index = args.indexOf('--rounds');
  const rounds = index === -1 ? DEFAULT_ROUNDS : Number(args[index + 1]);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds takes a whole number from 1');
  return rounds;
}

function bundleRows(name: string, { bytes, kernelBytes, parts }: Bundle): readonly Row[] {
  const kb = (metric: string, value: number): Row =>
    toRow({ name, metric, unit: 'KB', samples: [value / 1000] });
  return [
    kb('bundle', bytes),
    kb('kernel', kernelBytes),
    ...parts.slice(0, 8).map(([part, size]) => kb(`bundle: ${part}`, size)),
  ];
}

function sampleRows(name: string, samples: readonly HandlerSample[]): readonly Row[] {
  const row = (metric: string, unit: string, read: (sample: HandlerSample) => number): Row =>
    toRow({ name, metric, unit, samples: samples.map(read) });
  return [
    row('init', 'ms', ({ initMs }) => initMs),
    row('first call', 'ms', ({ firstMs }) => firstMs),
    row('init + first call', 'ms', ({ initMs, firstMs }) => initMs + firstMs),
    row('heap', 'KB', ({ heapKb }) => heapKb),
    ...benchRequests.map((request) => row(request.name, 'ns', ({ ns }) => ns[request.name] ?? NaN)),
  ];
}

function budgetsOf(rows: readonly Row[]): readonly Budget[] {
  const ratio = (metric: string, peer: string): number =>
    medianOf(rows, OURS, metric) / medianOf(rows, peer, metric);
  const toBare = (metric: string, limit: number): Budget =>
    atMost(`${metric}: ours / bare`, limit, ratio(metric, 'bare'));
  const toMiddy = (metric: string, limit: number): Budget =>
    atMost(`${metric}: ours / middy`, limit, ratio(metric, 'middy'));
  return [
    toBare('GET http-2.0', 4),
    toBare('GET rest', 4),
    toBare('POST http-2.0', 2),
    toBare('POST rest', 2),
    toMiddy('init + first call', 0.3),
    toMiddy('heap', 0.25),
    toMiddy('kernel', 0.6),
  ];
}
