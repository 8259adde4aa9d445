import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** One fresh process of one candidate: what it costs to load, to answer first, to keep, and to answer again. */
export interface HandlerSample {
  /** CPU time of loading the bundle, in a process whose module loader is warm. */
  readonly initMs: number;
  /** CPU time of the first answer, to GET. */
  readonly firstMs: number;
  /** Heap after the first answer, beyond that of the empty process. */
  readonly heapKb: number;
  /** CPU time of an answer once the code is hot, by request. */
  readonly ns: Readonly<Record<string, number>>;
}

/** A request, and what every candidate has to answer. */
export interface BenchRequest {
  readonly name: string;
  readonly event: unknown;
  readonly status: number;
  readonly body: unknown;
}

interface BenchResult {
  readonly statusCode: number;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}
type BenchHandler = (event: unknown, context: unknown) => Promise<BenchResult>;

/** The same for all, so that each candidate's code is as hot as it gets: V8 optimises in the background for some of it. */
const WARM_UP_MS = 250;
const BATCHES = 7;
/** Long enough to be read off a clock of microseconds. */
const BATCH_MS = 10;
const SWEEP_MS = 30;
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 30_000 };

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function heapKb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024;
}

/** V8 sweeps on threads of its own after a collection, for some 0.4 ms of CPU time that are no candidate's. */
function waitForSweepers(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SWEEP_MS);
}

/** A candidate that answers something else is not a candidate. */
function assertAnswer(request: BenchRequest, result: BenchResult): void {
  const text =
    result.isBase64Encoded === true ? Buffer.from(result.body ?? '', 'base64').toString() : result.body;
  const body: unknown = text ? JSON.parse(text) : null;
  if (result.statusCode === request.status && JSON.stringify(body) === JSON.stringify(request.body)) return;
  throw new Error(`${request.name}: ${result.statusCode} ${text ?? ''}`);
}

async function measure(handler: BenchHandler, { event }: BenchRequest): Promise<number> {
  const warmUpMs = cpuMs();
  while (cpuMs() - warmUpMs < WARM_UP_MS) {
    for (let call = 0; call < 100; call += 1) await handler(event, context);
  }
  const callMs = await measureBatch(handler, event, 200);
  const batchCalls = Math.ceil(BATCH_MS / callMs);
  const batches: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1)
    batches.push(await measureBatch(handler, event, batchCalls));
  return (batches.sort((a, b) => a - b)[Math.floor(BATCHES / 2)] ?? NaN) * 1e6;
}

/** CPU milliseconds of one call. */
async function measureBatch(handler: BenchHandler, event: unknown, calls: number): Promise<number> {
  const startMs = cpuMs();
  for (let call = 0; call < calls; call += 1) await handler(event, context);
  return (cpuMs() - startMs) / calls;
}

async function main([bundle = '', requestsFile = '']: readonly string[]): Promise<void> {
  const requests = JSON.parse(readFileSync(requestsFile, 'utf8')) as readonly [
    BenchRequest,
    ...BenchRequest[],
  ];
  const require = createRequire(bundle);
  // The first require of a process pays for the loader (some 2.7 ms and 20 KB for an empty file), which Lambda's runtime has done.
  require('./empty.cjs');
  const emptyKb = heapKb();
  waitForSweepers();
  const startMs = cpuMs();
  const { handler } = require(bundle) as { handler: BenchHandler };
  const loadedMs = cpuMs();
  const first = await handler(requests[0].event, context);
  const firstMs = cpuMs() - loadedMs;
  const sample = { initMs: loadedMs - startMs, firstMs, heapKb: heapKb() - emptyKb };
  assertAnswer(requests[0], first);
  const ns: Record<string, number> = {};
  for (const request of requests) {
    assertAnswer(request, await handler(request.event, context));
    ns[request.name] = await measure(handler, request);
  }
  console.log(JSON.stringify({ ...sample, ns } satisfies HandlerSample));
}

await main(process.argv.slice(2));
