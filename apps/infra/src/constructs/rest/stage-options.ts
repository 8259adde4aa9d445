import { Duration } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Operation } from '../../contract/operation.ts';
import type { Environment } from '../../environments/environment.ts';
import { REST_API_LOG_FORMAT } from '../access-log.ts';
import { REST_STAGE } from './rest-stage.ts';

/** The stage of a REST API: limits, cache, traces and access log, for all methods and for those with their own. */
export function stageOptions(
  environment: Environment,
  operations: readonly Operation[],
  accessLog: ILogGroup,
): StageOptions {
  const { cache, throttle } = environment;
  return {
    stageName: REST_STAGE,
    variables: { environment: environment.name },
    tracingEnabled: environment.tracing,
    metricsEnabled: true,
    // Why the API failed a request; with dataTraceEnabled it would log bodies and tokens.
    loggingLevel: MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    throttlingRateLimit: throttle.ratePerSecond,
    throttlingBurstLimit: throttle.burst,
    accessLogDestination: new LogGroupLogDestination(accessLog),
    accessLogFormat: AccessLogFormat.custom(REST_API_LOG_FORMAT),
    ...(cache !== undefined && {
      cacheClusterEnabled: true,
      cacheClusterSize: String(cache.sizeGb),
      cacheDataEncrypted: true,
      // A method is cached because the contract says so, never because it is a GET.
      cachingEnabled: false,
    }),
    methodOptions: Object.fromEntries(
      operations
        .map(
          (operation) =>
            [`${operation.path}/${operation.method}`, methodOptions(operation, environment)] as const,
        )
        .filter(([, options]) => Object.keys(options).length > 0),
    ),
  };
}

function methodOptions({ throttle, cache }: Operation, environment: Environment): MethodDeploymentOptions {
  return {
    ...(throttle !== undefined && {
      throttlingRateLimit: throttle.ratePerSecond,
      throttlingBurstLimit: throttle.burst,
    }),
    ...(environment.cache !== undefined &&
      cache !== undefined && {
        cachingEnabled: true,
        cacheDataEncrypted: true,
        cacheTtl: Duration.seconds(cache.ttlSeconds),
      }),
  };
}
