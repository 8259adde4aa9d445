import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { REST_STAGE } from '../constructs/rest/rest-stage.ts';
import { functionName } from '../names.ts';

const period = Duration.minutes(5);

/** What the apps count of themselves (@gatehouse/observability): `Faults`, `AuthorizerOutage`, `Requests`. */
export function appMetric(environment: string, service: string, metricName: string): Metric {
  return new Metric({
    namespace: 'Gatehouse',
    metricName,
    dimensionsMap: { environment, service },
    statistic: 'Sum',
    period,
  });
}

/** What Lambda counts of a function: `Throttles`, `Duration`, `IteratorAge`, `ConcurrentExecutions`. */
export function functionMetric(
  environment: string,
  role: string,
  { metricName, statistic }: { readonly metricName: string; readonly statistic: string },
): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionName(environment, role) },
    statistic,
    period,
  });
}

/** An API of the environment, by what CloudWatch knows it by. */
export type ApiIdentity =
  { readonly front: 'http'; readonly apiId: string } | { readonly front: 'rest'; readonly apiName: string };

/** What API Gateway measures; the two kinds of API name the same things differently. */
export function apiMetric(
  api: ApiIdentity,
  what: 'requests' | 'clientErrors' | 'serverErrors' | 'latency',
): Metric {
  const names = {
    http: { requests: 'Count', clientErrors: '4xx', serverErrors: '5xx', latency: 'Latency' },
    rest: { requests: 'Count', clientErrors: '4XXError', serverErrors: '5XXError', latency: 'Latency' },
  };
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName: names[api.front][what],
    dimensionsMap:
      api.front === 'http'
        ? { ApiId: api.apiId, Stage: '$default' }
        : { ApiName: api.apiName, Stage: REST_STAGE },
    statistic: what === 'latency' ? 'p99' : 'Sum',
    period,
  });
}

/** Messages that wait in a queue. */
export function queueDepth(queueName: string): Metric {
  return new Metric({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensionsMap: { QueueName: queueName },
    statistic: 'Maximum',
    period,
  });
}

/** Requests that a table turned away, reading or writing. */
export function tableThrottles(tableName: string, direction: 'Read' | 'Write'): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: `${direction}ThrottleEvents`,
    dimensionsMap: { TableName: tableName },
    statistic: 'Sum',
    period,
  });
}
