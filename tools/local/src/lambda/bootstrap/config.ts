/** What Lambda's variables tell a runtime. */
export interface RuntimeConfig {
  readonly runtimeApiPort: number;
  /** `file.export`, relative to the task root. */
  readonly handler: string;
  readonly taskRoot: string;
  /** Major version of the runtime that the template names (24 for `nodejs24.x`), whatever Node runs here. */
  readonly runtimeMajor: number;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/**
 * Reads the variables that the host sets for every environment.
 *
 * @throws {TypeError} naming the variable, when the process was not started by a host.
 */
export function readRuntimeConfig(): RuntimeConfig {
  return Object.freeze({
    runtimeApiPort: Number(required('AWS_LAMBDA_RUNTIME_API').split(':').at(-1)),
    handler: required('_HANDLER'),
    taskRoot: required('LAMBDA_TASK_ROOT'),
    runtimeMajor: Number(/nodejs(\d+)/.exec(required('AWS_EXECUTION_ENV'))?.[1] ?? 0),
    functionName: required('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: required('AWS_LAMBDA_FUNCTION_VERSION'),
    memoryLimitInMB: required('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: required('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: required('AWS_LAMBDA_LOG_STREAM_NAME'),
  });
}

/** Sets `_X_AMZN_TRACE_ID` as the managed runtimes do before each invocation; tracing libraries read it there. */
export function publishTraceHeader(traceHeader: string): void {
  process.env['_X_AMZN_TRACE_ID'] = traceHeader;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new TypeError(`${name} is not set`);
  return value;
}
