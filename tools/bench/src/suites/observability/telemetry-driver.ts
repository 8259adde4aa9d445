/** What one process measured of one program. */
export interface TelemetrySample {
  /** Milliseconds to load it. */
  readonly initMs: number;
  /** CPU milliseconds of the same. */
  readonly initCpuMs: number;
  /** Milliseconds of the first invocation. */
  readonly firstMs: number;
  /** CPU milliseconds of the same. */
  readonly firstCpuMs: number;
  /** Nanoseconds for each await after the first invocation. */
  readonly awaitNs: number;
  /** Nanoseconds for each log line, and for each whole invocation. */
  readonly logNs: number;
  readonly invocationNs: number;
}

interface Program {
  handler(event: { readonly measure?: () => Promise<void> }, context: object): Promise<unknown>;
  log(): unknown;
}

/** The fastest of several rounds: what the work takes when nothing else runs. */
async function fastest(
  rounds: number,
  turns: number,
  round: (turns: number) => Promise<void> | void,
): Promise<number> {
  let best = Infinity;
  for (let count = 0; count < rounds; count++) {
    const startedNs = process.hrtime.bigint();
    await round(turns);
    best = Math.min(best, Number(process.hrtime.bigint() - startedNs) / turns);
  }
  return best;
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

const context = {
  awsRequestId: 'r1',
  functionName: 'bench',
  functionVersion: '1',
  getRemainingTimeInMillis: () => 3_000,
};

async function main([file = '']: string[]): Promise<TelemetrySample> {
  const write = process.stdout.write.bind(process.stdout);
  // Lines are made and handed over, but not written: the terminal's speed is no one's merit.
  process.stdout.write = () => true;
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as the runtime loads a function
  const program = require(file) as Program;
  const loadedMs = performance.now();
  const initCpuMs = cpuMsSince(cpuBefore);
  const cpuLoaded = process.cpuUsage();
  const invokedMs = performance.now();
  await program.handler({}, context);
  const firstMs = performance.now() - invokedMs;
  const firstCpuMs = cpuMsSince(cpuLoaded);

  const awaits = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  };
  const awaitNs = await fastest(40, 5_000, awaits);
  let logNs = 0;
  const logs = async (): Promise<void> => {
    logNs = await fastest(10, 300, (turns) => {
      for (let turn = 0; turn < turns; turn++) program.log();
    });
  };
  await program.handler({ measure: logs }, context);
  if (logNs === 0) await logs();
  const invocationNs = await fastest(10, 100, async (turns) => {
    for (let turn = 0; turn < turns; turn++) await program.handler({}, context);
  });
  process.stdout.write = write;
  return {
    initMs: loadedMs - startedMs,
    initCpuMs,
    firstMs,
    firstCpuMs,
    awaitNs,
    logNs,
    invocationNs,
  };
}

void main(process.argv.slice(2)).then((sample) => {
  process.stdout.write(`${JSON.stringify(sample)}\n`, () => process.exit());
});
