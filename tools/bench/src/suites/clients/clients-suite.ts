import { testCertificate } from '@gatehouse/clients/testing';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runFreshProcess } from '../../fresh-process.ts';
import { interleave } from '../../interleave.ts';
import { installPeers } from '../../peers.ts';
import { atMost, medianOf, pairedRatioOf, toRow } from '../../stats.ts';
import type { Budget, Row, Suite, SuiteContext } from '../../suite.ts';
import { buildDriver, buildProgram } from './build-programs.ts';
import { httpCandidates, type HttpCandidate } from './http-candidates.ts';
import type { HttpSamples } from './http-driver.ts';
import { awsInits, clientInits, type InitCandidate } from './init-candidates.ts';
import type { InitSample } from './init-driver.ts';

/** Processes for each scheme, and rounds in each: a round is a block of each candidate, one at a time and 16 at once. */
const HTTP_PROCESSES = 2;
const HTTP_ROUNDS = 14;
const INIT_ROUNDS = 15;
const AWS_INIT_ROUNDS = 5;

/**
 * Outbound calls: each way to send a request, by p50 and CPU, one at a time and 16 at once, on http and https; and what each
 * client adds to a cold start, AWS clients with their first answer.
 */
export const clientsSuite: Suite = {
  name: 'clients',
  summary: 'outbound HTTP and AWS clients against peers: latency, CPU, bundle and cold start',
  async run(context) {
    const peers = await installPeers(context.workspaceRoot, 'clients');
    const server = await startServer(await buildDriver(context.workspaceRoot, 'target-server'));
    try {
      const rows = [
        ...(await measureHttp(context, server, peers.directory)),
        ...(await measureInits(context, {
          candidates: clientInits,
          rounds: INIT_ROUNDS,
          server,
          peersDirectory: peers.directory,
        })),
        ...(await measureInits(context, {
          candidates: awsInits,
          rounds: AWS_INIT_ROUNDS,
          server,
          peersDirectory: peers.directory,
        })),
      ];
      return { rows, budgets: budgetsOf(rows) };
    } finally {
      server.stop();
    }
  },
};

interface Server {
  readonly httpPort: number;
  readonly httpsPort: number;
  stop(): void;
}

function startServer(script: string): Promise<Server> {
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (line: Buffer) => {
      const ports = JSON.parse(String(line)) as Omit<Server, 'stop'>;
      resolve({ ...ports, stop: () => void child.kill() });
    });
  });
}

async function measureHttp(context: SuiteContext, server: Server, peersDirectory: string): Promise<Row[]> {
  const driver = await buildDriver(context.workspaceRoot, 'http-driver');
  const certificate = path.join(context.workspaceRoot, 'dist/bench/clients/certificate.pem');
  await writeFile(certificate, testCertificate.cert);
  const env = { NODE_EXTRA_CA_CERTS: certificate };
  const urls = {
    http: `http://localhost:${server.httpPort}/`,
    https: `https://localhost:${server.httpsPort}/`,
  };
  const rows: Row[] = [];
  for (const [scheme, url] of Object.entries(urls)) {
    context.log(`clients: ${scheme}`);
    const processes: HttpSamples[] = [];
    for (let run = 0; run < HTTP_PROCESSES; run++) {
      const args = [url, peersDirectory, String(HTTP_ROUNDS)];
      processes.push(...(await runFreshProcess<HttpSamples[]>(driver, { args, env })));
    }
    for (const name of httpCandidates) rows.push(...toHttpRows(scheme, name, processes));
  }
  return rows;
}

/** The rows of one candidate; a sample is a block. */
function toHttpRows(scheme: string, name: HttpCandidate, processes: readonly HttpSamples[]): Row[] {
  const own = processes.filter((samples) => samples.name === name);
  const sequential = own.flatMap((samples) => samples.sequential);
  const parallel = own.flatMap((samples) => samples.parallel);
  const row = (metric: string, samples: number[]): Row =>
    toRow({ name, metric: `${scheme} ${metric}`, unit: 'us', samples });
  return [
    row(
      'p50',
      sequential.map(({ p50 }) => p50),
    ),
    row(
      'p50 of 16',
      parallel.map(({ p50 }) => p50),
    ),
    row(
      'cpu',
      sequential.map(({ cpu }) => cpu),
    ),
    row(
      'cpu of 16',
      parallel.map(({ cpu }) => cpu),
    ),
  ];
}

interface Inits {
  readonly candidates: readonly InitCandidate[];
  readonly rounds: number;
  readonly server: Server;
  readonly peersDirectory: string;
}

async function measureInits(
  context: SuiteContext,
  { candidates, rounds, server, peersDirectory }: Inits,
): Promise<Row[]> {
  context.log('clients: cold starts');
  const driver = await buildDriver(context.workspaceRoot, 'init-driver');
  const env = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${server.httpPort}`,
    NODE_NO_WARNINGS: '1',
  };
  const rows: Row[] = [];
  const measured = [];
  for (const candidate of candidates) {
    const built = await buildProgram(context.workspaceRoot, candidate, peersDirectory);
    rows.push(toRow({ name: built.name, metric: 'bundle', unit: 'KB', samples: [built.bundleKb] }));
    measured.push({
      name: built.name,
      measure: () => runFreshProcess<InitSample>(driver, { args: [built.file], env }),
    });
  }
  for (const [name, samples] of await interleave(measured, rounds)) {
    rows.push(
      toRow({ name, metric: 'init', unit: 'ms', samples: samples.map(({ initMs }) => initMs) }),
      toRow({
        name,
        metric: 'init and first call',
        unit: 'ms',
        samples: samples.map(({ firstCallMs }) => firstCallMs),
      }),
      toRow({ name, metric: 'cpu of both', unit: 'ms', samples: samples.map(({ cpuMs }) => cpuMs) }),
    );
  }
  return rows;
}

function budgetsOf(rows: readonly Row[]): Budget[] {
  const ratio = (metric: string, of: string, to: string): number =>
    medianOf(rows, of, metric) / medianOf(rows, to, metric);
  const pairedRatio = (metric: string, of: string, to: string): number =>
    pairedRatioOf(rows, metric, { of, to });
  const latencies = ['http p50', 'http p50 of 16', 'https p50', 'https p50 of 16'].map((metric) =>
    atMost(`${metric}: ours / node Agent`, 1.15, pairedRatio(metric, 'ours', 'node Agent')),
  );
  return [
    ...latencies,
    // CPU time: the machine's other work falls on the wall clock of short processes.
    atMost('init, cpu: ours / node:https', 1.25, pairedRatio('cpu of both', 'ours', 'node:https')),
    ...['DynamoDB', 'Secrets Manager', 'SSM'].map((service) =>
      atMost(
        `cold start with the first call, cpu, ${service}: ours / AWS SDK`,
        0.5,
        ratio('cpu of both', `${service}: one signed call (ours)`, `${service}: AWS SDK`),
      ),
    ),
  ];
}
