import { build, type BuildOptions, type Plugin } from 'esbuild';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runFreshProcess } from '../../fresh-process.ts';
import { interleave } from '../../interleave.ts';
import { atMost, medianOf, toRow } from '../../stats.ts';
import type { Budget, Row, Suite } from '../../suite.ts';
import { telemetryPrograms, type TelemetryProgram } from './programs.ts';
import type { TelemetrySample } from './telemetry-driver.ts';

const ROUNDS = 15;

/** What logs, metrics and traces add to a function: bare, Powertools used directly, ours unsampled and sampled. */
export const observabilitySuite: Suite = {
  name: 'observability',
  summary: 'what telemetry costs: bundle, cold start, a log line, an await, an invocation',
  async run(context) {
    const { workspaceRoot } = context;
    const driver = await bundle(workspaceRoot, 'driver', {
      entryPoints: [path.join(workspaceRoot, 'tools/bench/src/suites/observability/telemetry-driver.ts')],
    });
    const rows: Row[] = [];
    const candidates = [];
    for (const program of telemetryPrograms) {
      const file = await buildProgram(workspaceRoot, program);
      const kilobytes = (await stat(file)).size / 1_024;
      rows.push(toRow({ name: program.name, metric: 'bundle', unit: 'KB', samples: [kilobytes] }));
      candidates.push({
        name: program.name,
        measure: () =>
          runFreshProcess<TelemetrySample>(driver, { args: [file], env: lambdaEnv(program.sampled) }),
      });
    }
    context.log('observability: cold starts, awaits, lines and invocations');
    for (const [name, samples] of await interleave(candidates, ROUNDS)) {
      const row = (metric: string, unit: string, read: (sample: TelemetrySample) => number): Row =>
        toRow({ name, metric, unit, samples: samples.map(read) });
      rows.push(
        row('init', 'ms', ({ initMs }) => initMs),
        row('init, cpu', 'ms', ({ initCpuMs }) => initCpuMs),
        row('first invocation', 'ms', ({ firstMs }) => firstMs),
        row('first invocation, cpu', 'ms', ({ firstCpuMs }) => firstCpuMs),
        row('await', 'ns', ({ awaitNs }) => awaitNs),
        row('log line', 'ns', ({ logNs }) => logNs),
        row('invocation', 'ns', ({ invocationNs }) => invocationNs),
      );
    }
    return { rows, budgets: budgetsOf(rows) };
  },
};

function buildProgram(
  workspaceRoot: string,
  { name, program, tracerFile }: TelemetryProgram,
): Promise<string> {
  const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
  return bundle(workspaceRoot, path.join(slug, 'main'), {
    ...(tracerFile === true && { plugins: [loadTracerFile(workspaceRoot)] }),
    stdin: { contents: program, resolveDir: workspaceRoot, loader: 'js' },
    minify: true,
  });
}

/** The plugin that functions are built with. */
function loadTracerFile(workspaceRoot: string): Plugin {
  const require = createRequire(path.join(workspaceRoot, 'package.json'));
  const file = './libs/observability/esbuild/tracer-file.cjs';
  return (require(file) as { tracerFile(): Plugin }).tracerFile();
}

async function bundle(workspaceRoot: string, name: string, options: BuildOptions): Promise<string> {
  const outfile = path.join(workspaceRoot, 'dist/bench/observability', `${name}.cjs`);
  await build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    tsconfig: path.join(workspaceRoot, 'tsconfig.base.json'),
    logLevel: 'error',
    ...options,
    outfile,
  });
  return outfile;
}

/** What Lambda sets. Segments go to a port where nobody listens, as UDP allows. */
function lambdaEnv(sampled: boolean): Record<string, string> {
  return {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9',
    _X_AMZN_TRACE_ID: `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=${sampled ? '1' : '0'}`,
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
}

function budgetsOf(rows: readonly Row[]): Budget[] {
  const ratio = (metric: string, of: string, to: string): number =>
    medianOf(rows, of, metric) / medianOf(rows, to, metric);
  return [
    atMost(
      // CPU time: the machine's other work falls on the wall clock of short processes.
      'init, cpu: ours unsampled / Logger and Metrics alone',
      1.15,
      ratio('init, cpu', 'ours, unsampled', 'Powertools Logger and Metrics'),
    ),
    atMost('await: ours unsampled / bare', 1.2, ratio('await', 'ours, unsampled', 'bare')),
    atMost('await: ours sampled / bare', 1.2, ratio('await', 'ours, sampled', 'bare')),
    atMost(
      'log line: ours / Powertools Logger',
      1.5,
      ratio('log line', 'ours, unsampled', 'Powertools Logger and Metrics'),
    ),
  ];
}
