import { createRequire } from 'node:module';
import path from 'node:path';

/** What autocannon's result has of interest here. */
interface CannonResult {
  readonly requests: { readonly average: number };
  readonly non2xx: number;
  readonly errors: number;
}
type Autocannon = (options: { url: string; connections: number; duration: number }) => Promise<CannonResult>;

/** Requests a second over so many connections. */
export interface LoadSample {
  readonly perSecond: number;
  readonly failed: number;
}

const [peersDirectory = '', url = '', connections = '1', seconds = '1'] = process.argv.slice(2);
const load = createRequire(path.join(peersDirectory, 'package.json'))('autocannon') as Autocannon;

async function main(): Promise<void> {
  const { requests, non2xx, errors } = await load({
    url,
    connections: Number(connections),
    duration: Number(seconds),
  });
  const sample: LoadSample = { perSecond: requests.average, failed: non2xx + errors };
  process.stdout.write(`${JSON.stringify(sample)}\n`);
}

void main();
