/** A function that answers at once, under one kind of telemetry. All log one line of three fields when they are asked to. */
export interface TelemetryProgram {
  readonly name: string;
  /** The X-Ray header says that the invocation is sampled. */
  readonly sampled: boolean;
  /** Tracer is a file of its own, as `tracer-file.cjs` of the library builds it. */
  readonly tracerFile?: true;
  readonly program: string;
}

/** Exports `handler(event, context)`, and `log()`, which writes one line. */
const bare = `
  export const handler = async () => ({ statusCode: 200 });
  export const log = () => process.stdout.write(JSON.stringify({ level: 'INFO', message: 'line', a: 1, b: 'two', c: true }) + '\\n');
`;

const loggerAndMetrics = `
  import { Logger } from '@aws-lambda-powertools/logger';
  import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
  const logger = new Logger({ serviceName: 'bench' });
  const metrics = new Metrics({ serviceName: 'bench', namespace: 'Bench' });
  export const handler = async (event, context) => {
    logger.addContext(context);
    metrics.addMetric('Requests', MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
    return { statusCode: 200 };
  };
  export const log = () => logger.info('line', { a: 1, b: 'two', c: true });
`;

/** The same with a line for each request, as ours has: what an invocation of ours is compared with. */
const withAccessLine = loggerAndMetrics.replace(
  'return {',
  `logger.info('access', { kind: 'other', status: 200, result: 'ok', duration_ms: 1.5, correlation_id: 'r1' });
    return {`,
);

const allOfPowertools = `
  import { Tracer } from '@aws-lambda-powertools/tracer';
  ${loggerAndMetrics}
  export const tracer = new Tracer({ serviceName: 'bench' });
`;

const ours = `
  import { observe } from '@gatehouse/observability';
  let line;
  export const handler = observe(async (event, context, invocation) => {
    line = invocation.log;
    if (event.measure !== undefined) await event.measure();
    return { statusCode: 200 };
  }, { service: 'bench' });
  export const log = () => line.info('line', { a: 1, b: 'two', c: true });
`;

export const telemetryPrograms: readonly TelemetryProgram[] = [
  { name: 'bare', sampled: false, program: bare },
  { name: 'Powertools Logger and Metrics', sampled: false, program: loggerAndMetrics },
  { name: 'Powertools with an access line', sampled: false, program: withAccessLine },
  { name: 'Powertools with Tracer', sampled: false, program: allOfPowertools },
  { name: 'ours, unsampled', sampled: false, tracerFile: true, program: ours },
  { name: 'ours, sampled', sampled: true, tracerFile: true, program: ours },
  { name: 'ours in one file, unsampled', sampled: false, program: ours },
];
