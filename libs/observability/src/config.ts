/** Lambda's own variables are read at each invocation, the rest once. This file alone reads process.env. */

/** What the environment says about telemetry; read once, when a function starts. */
export interface ObservabilityConfig {
  /** `ENVIRONMENT`: dev, staging, prod; `local` when unset. A metric dimension. */
  readonly environment: string;
  /** `POWERTOOLS_METRICS_NAMESPACE`; `Gatehouse` when unset. */
  readonly namespace: string;
  /** `POWERTOOLS_LOG_LEVEL`; DEBUG in dev, INFO elsewhere when unset. */
  readonly logLevel: LogLevel;
  /** `POWERTOOLS_LOGGER_SAMPLE_RATE`, 0 to 1: the share of invocations that log at DEBUG; 0 when unset. */
  readonly debugSampleRate: number;
  /** False when `POWERTOOLS_TRACE_ENABLED` is `false`, or outside a Lambda runtime. */
  readonly tracing: boolean;
  /** False for provisioned concurrency, whose environments start before a request waits for them. */
  readonly firstInvocationIsCold: boolean;
  /** True on Lambda Managed Instances, where one environment serves several invocations at once. */
  readonly concurrentInvocations: boolean;
}

/** Levels of a line, from the most to the least said. */
export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'CRITICAL' | 'SILENT';
const logLevels: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'];

/**
 * Reads and checks the variables.
 * @throws {TypeError} naming the variable whose value is not one of those allowed.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ObservabilityConfig {
  const environment = env['ENVIRONMENT'] ?? 'local';
  return Object.freeze({
    environment,
    namespace: env['POWERTOOLS_METRICS_NAMESPACE'] ?? 'Gatehouse',
    logLevel: parseLogLevel(env['POWERTOOLS_LOG_LEVEL'], environment === 'dev' ? 'DEBUG' : 'INFO'),
    debugSampleRate: parseRate(env['POWERTOOLS_LOGGER_SAMPLE_RATE']),
    tracing: env['POWERTOOLS_TRACE_ENABLED'] !== 'false' && env['AWS_EXECUTION_ENV'] !== undefined,
    firstInvocationIsCold: env['AWS_LAMBDA_INITIALIZATION_TYPE'] !== 'provisioned-concurrency',
    concurrentInvocations: env['AWS_LAMBDA_MAX_CONCURRENCY'] !== undefined,
  });
}

/** Where the runtime keeps the trace id when several invocations share an environment. */
interface LambdaGlobal {
  readonly awslambda?: { readonly InvokeStore?: { getXRayTraceId(): string | undefined } };
}

/**
 * The trace header of the running invocation, `Root=1-...;Parent=...;Sampled=1`, as Lambda's runtime sets it
 * anew for each one. Source: Lambda developer guide, "Defined runtime environment variables".
 */
export function readTraceHeader(): string | undefined {
  const store = (globalThis as LambdaGlobal).awslambda?.InvokeStore;
  return store?.getXRayTraceId() ?? process.env['_X_AMZN_TRACE_ID'];
}

function parseLogLevel(value: string | undefined, fallback: LogLevel): LogLevel {
  if (value === undefined || value === '') return fallback;
  const level = value.toUpperCase();
  if (!logLevels.includes(level)) {
    throw new TypeError(`POWERTOOLS_LOG_LEVEL is "${value}", not one of ${logLevels.join(', ')}`);
  }
  return level as LogLevel;
}

function parseRate(value: string | undefined): number {
  const rate = Number(value ?? 0);
  if (!(rate >= 0 && rate <= 1)) {
    throw new TypeError(`POWERTOOLS_LOGGER_SAMPLE_RATE is "${value ?? ''}", not a number from 0 to 1`);
  }
  return rate;
}
