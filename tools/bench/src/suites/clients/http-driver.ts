import { createRequire } from 'node:module';
import path from 'node:path';
import { createGet, type HttpCandidate } from './http-candidates.ts';

/** What one process measured of one candidate on one scheme. */
export interface HttpSample {
  /** Microseconds, the median of its requests. */
  readonly sequentialP50: number;
  /** Microseconds, the median with 16 under way. */
  readonly parallelP50: number;
  /** CPU microseconds for each request of this process. */
  readonly sequentialCpu: number;
  readonly parallelCpu: number;
}

interface Load {
  readonly requests: number;
  readonly concurrency: number;
}

async function run(
  work: () => Promise<unknown>,
  { requests, concurrency }: Load,
): Promise<[p50: number, cpu: number]> {
  const latencies: number[] = [];
  const before = process.cpuUsage();
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const startedMs = performance.now();
      await work();
      latencies.push((performance.now() - startedMs) * 1_000);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const { user, system } = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  return [latencies[Math.floor(latencies.length / 2)] ?? NaN, (user + system) / requests];
}

async function main([candidate, url = '', peersDirectory = '']: string[]): Promise<HttpSample> {
  const get = await createGet(
    candidate as HttpCandidate,
    createRequire(path.join(peersDirectory, 'package.json')),
  );
  await run(() => get(url), { requests: 200, concurrency: 16 });
  await run(() => get(url), { requests: 100, concurrency: 1 });
  const [sequentialP50, sequentialCpu] = await run(() => get(url), { requests: 300, concurrency: 1 });
  const [parallelP50, parallelCpu] = await run(() => get(url), { requests: 800, concurrency: 16 });
  return { sequentialP50, parallelP50, sequentialCpu, parallelCpu };
}

void main(process.argv.slice(2)).then((sample) => {
  process.stdout.write(`${JSON.stringify(sample)}\n`, () => process.exit());
});
