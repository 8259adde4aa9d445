import { createRequire } from 'node:module';
import path from 'node:path';
import { createGet, httpCandidates, type Get, type HttpCandidate } from './http-candidates.ts';

/** One block of requests of one candidate, in microseconds. */
export interface HttpBlock {
  readonly p50: number;
  /** CPU time of this process for each request. */
  readonly cpu: number;
}

export interface HttpSamples {
  readonly name: HttpCandidate;
  /** One request at a time. */
  readonly sequential: HttpBlock[];
  /** 16 under way at any time. */
  readonly parallel: HttpBlock[];
}

interface Load {
  readonly requests: number;
  readonly concurrency: number;
}

const loads: Readonly<Record<'sequential' | 'parallel', Load>> = {
  sequential: { requests: 60, concurrency: 1 },
  parallel: { requests: 160, concurrency: 16 },
};
/** Enough for the optimising compiler to be done. */
const warmUp: Load = { requests: 2_000, concurrency: 16 };
/** Those that keep nothing take ten times as long. */
const coldWarmUp: Load = { requests: 160, concurrency: 16 };

async function runBlock(get: () => Promise<unknown>, { requests, concurrency }: Load): Promise<HttpBlock> {
  const latencies: number[] = [];
  const before = process.cpuUsage();
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const startedMs = performance.now();
      await get();
      latencies.push((performance.now() - startedMs) * 1_000);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const { user, system } = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  return { p50: latencies[Math.floor(latencies.length / 2)] ?? NaN, cpu: (user + system) / requests };
}

/**
 * Measures all candidates in one process, in short blocks that take turns, so that what else the machine does, and what
 * the process has become warm for, falls on all of them alike. The order turns round at each round.
 */
async function main([url = '', peersDirectory = '', rounds = '']: string[]): Promise<HttpSamples[]> {
  const require = createRequire(path.join(peersDirectory, 'package.json'));
  const measured: { samples: HttpSamples; get: Get }[] = [];
  for (const name of httpCandidates) {
    const get = await createGet(name, require);
    await runBlock(() => get(url), name === 'new connection' ? coldWarmUp : warmUp);
    measured.push({ samples: { name, sequential: [], parallel: [] }, get });
  }
  for (let round = 0; round < Number(rounds); round++) {
    const order = round % 2 === 0 ? measured : [...measured].reverse();
    for (const load of ['sequential', 'parallel'] as const) {
      for (const { samples, get } of order) samples[load].push(await runBlock(() => get(url), loads[load]));
    }
  }
  return measured.map(({ samples }) => samples);
}

void main(process.argv.slice(2)).then((samples) => {
  process.stdout.write(`${JSON.stringify(samples)}\n`, () => process.exit());
});
