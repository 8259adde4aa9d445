import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { REST_STAGE } from '../constructs/rest/rest-stage.ts';
import { functionName } from '../names.ts';

const period = Duration.minutes(5);

/** What the apps count of themselves (@gatehouse/observability): `Faults`, `AuthorizerOutage`, `DeliveriesFailed`. */
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

/** A front of the environment, by what CloudWatch knows it by. */
export type FrontIdentity =
  | { readonly front: 'http'; readonly apiId: string }
  | { readonly front: 'rest'; readonly apiName: string }
  | { readonly front: 'url'; readonly functionName: string };

/** Metrics by front, which name the same things differently. AWS advises against percentiles of a URL's latency. */
const FRONT_METRICS = {
  http: { requests: 'Count', clientErrors: '4xx', serverErrors: '5xx', latency: 'Latency' },
  rest: { requests: 'Count', clientErrors: '4XXError', serverErrors: '5XXError', latency: 'Latency' },
  url: {
    requests: 'UrlRequestCount',
    clientErrors: 'Url4xxCount',
    serverErrors: 'Url5xxCount',
    latency: 'UrlRequestLatency',
  },
} as const;

/**
 * What a front measures. A function's URLs are measured together: the internal one of users-api is among them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html
 */
export function frontMetric(
  identity: FrontIdentity,
  what: 'requests' | 'clientErrors' | 'serverErrors' | 'latency',
): Metric {
  const slowest = identity.front === 'url' ? 'Maximum' : 'p99';
  return new Metric({
    namespace: identity.front === 'url' ? 'AWS/Lambda' : 'AWS/ApiGateway',
    metricName: FRONT_METRICS[identity.front][what],
    dimensionsMap: dimensionsOf(identity),
    statistic: what === 'latency' ? slowest : 'Sum',
    period,
  });
}

function dimensionsOf(identity: FrontIdentity): Record<string, string> {
  switch (identity.front) {
    case 'http':
      return { ApiId: identity.apiId, Stage: '$default' };
    case 'rest':
      return { ApiName: identity.apiName, Stage: REST_STAGE };
    case 'url':
      return { FunctionName: identity.functionName };
  }
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
