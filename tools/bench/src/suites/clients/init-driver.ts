import { createRequire } from 'node:module';

/** Loads one bundle in this process, and makes one call with what it exports. */
interface Loaded {
  /** Makes the client; what a function does while it starts. */
  create(): unknown;
  /** The first call, of the client that `create` made. */
  call?(client: never): Promise<unknown>;
}

export interface InitSample {
  /** Milliseconds to load and make. */
  readonly initMs: number;
  /** Milliseconds to load, make, and have the first answer. */
  readonly firstCallMs: number;
  /** CPU milliseconds of the same. */
  readonly cpuMs: number;
}

async function main([bundle = '']: string[]): Promise<InitSample> {
  const load = createRequire(bundle);
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const loaded = load(bundle) as Loaded;
  const client = loaded.create();
  const initMs = performance.now() - startedMs;
  await loaded.call?.((await client) as never);
  const firstCallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(before);
  return { initMs, firstCallMs, cpuMs: (user + system) / 1_000 };
}

void main(process.argv.slice(2)).then((sample) => {
  process.stdout.write(`${JSON.stringify(sample)}\n`, () => process.exit());
});
