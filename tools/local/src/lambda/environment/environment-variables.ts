import { dirname } from 'node:path';
import type { FunctionModel } from '../../model/app-model.ts';

export interface EnvironmentPlace {
  readonly environmentId: string;
  readonly runtimeApiPort: number;
  readonly taskRoot: string;
  readonly nodeExecutable: string;
  readonly region: string;
  /** Epoch milliseconds: the log stream's name begins with its day. */
  readonly startedAt: number;
  /** What the host adds, such as endpoints and credentials. */
  readonly additional: Readonly<Record<string, string>>;
}

/**
 * The whole environment of a function's process: Lambda's own variables, the host's endpoints, and the template's, which
 * cannot name a reserved one. Nothing of the host's own environment is in it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(fn: FunctionModel, place: EnvironmentPlace): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: `${dirname(place.nodeExecutable)}:/usr/local/bin:/usr/bin:/bin`,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    ...place.additional,
    ...fn.environment,
    _HANDLER: fn.handler,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(place),
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${place.runtimeApiPort}`,
    LAMBDA_TASK_ROOT: place.taskRoot,
    LAMBDA_RUNTIME_DIR: dirname(place.nodeExecutable),
  };
}

function logStreamName({ startedAt, environmentId }: EnvironmentPlace): string {
  const day = new Date(startedAt).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${environmentId}`;
}
