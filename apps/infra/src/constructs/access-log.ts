import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import { REST_STAGE } from './rest/rest-stage.ts';
import { removalPolicyOf } from './service-function.ts';

/**
 * Fields that both kinds of API have, by the name they get in the log line. None is text of the client's: tokens, query strings, paths and user agents may
 * hold secrets, and a gateway cannot withhold a part. The route is there, and the function's own line has what may be told of the path.
 */
const SHARED_FIELDS = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTime: '$context.requestTimeEpoch',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatencyMs: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatencyMs: '$context.integration.latency',
  integrationError: '$context.integration.error',
  integrationRequestId: '$context.integration.requestId',
  authorizerLatencyMs: '$context.authorizer.latency',
  authorizerStatus: '$context.authorizer.status',
  authorizerError: '$context.authorizer.error',
  errorMessage: '$context.error.message',
  errorType: '$context.error.responseType',
};

/** One JSON object a line for an HTTP API. */
export const HTTP_API_LOG_FORMAT = JSON.stringify({ ...SHARED_FIELDS, routeKey: '$context.routeKey' });

/** One JSON object a line for a REST API, with the trace and the WAF's answer, which HTTP APIs do not have. */
export const REST_API_LOG_FORMAT = JSON.stringify({
  ...SHARED_FIELDS,
  resourcePath: '$context.resourcePath',
  traceId: '$context.xrayTraceId',
  wafStatus: '$context.waf.status',
  wafError: '$context.waf.error',
});

/** The log group of an API's access log. Its name's prefix keeps CloudWatch's resource policy from growing. */
export function accessLogGroup(scope: Construct, environment: Environment, api: 'http' | 'rest'): LogGroup {
  return new LogGroup(scope, 'AccessLog', {
    logGroupName: `/aws/vendedlogs/gatehouse/${environment.name}/${api}-api`,
    retention: environment.logRetentionDays,
    removalPolicy: removalPolicyOf(environment),
  });
}

/**
 * The log group into which a REST API's stage writes why it failed requests. API Gateway would make it by itself, and keep
 * its lines for ever.
 */
export function executionLogGroup(scope: Construct, environment: Environment, apiId: string): LogGroup {
  return new LogGroup(scope, 'ExecutionLog', {
    logGroupName: `API-Gateway-Execution-Logs_${apiId}/${REST_STAGE}`,
    retention: environment.logRetentionDays,
    removalPolicy: removalPolicyOf(environment),
  });
}
