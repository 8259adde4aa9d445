import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Environment } from '../environments/environment.ts';
import { failuresQueueName } from '../names.ts';
import {
  type FrontIdentity,
  frontMetric,
  appMetric,
  functionMetric,
  queueDepth,
  tableThrottles,
} from './metrics.ts';

/** One alarm: it fires when the metric is at or above the threshold in that many periods running. */
export interface AlarmDefinition {
  readonly id: string;
  readonly metric: Metric;
  readonly threshold: number;
  readonly periods: number;
  /** What it means and where to look first. */
  readonly description: string;
}

export interface Watched {
  readonly environment: Environment;
  readonly fronts: readonly FrontIdentity[];
  readonly usersTable: string;
  readonly deliveriesTable: string;
}

const FUNCTIONS = ['users-api', 'authorizer', 'webhook-receiver', 'webhook-processor'] as const;

/**
 * What is watched. The authorizer's error count is not among it: a thrown "Unauthorized" is how it says 401, and
 * Lambda counts that as an error. Its outages have a count of their own.
 */
export function alarmDefinitions(watched: Watched): readonly AlarmDefinition[] {
  const { environment } = watched;
  const limits = environment.observability?.alarms;
  if (limits === undefined) return [];
  return [
    ...faults(environment.name, limits.serverErrors),
    ...watched.fronts.flatMap((front) => frontAlarms(front, limits)),
    ...FUNCTIONS.map((role) => ({
      id: `Throttles-${role}`,
      metric: functionMetric(environment.name, role, { metricName: 'Throttles', statistic: 'Sum' }),
      threshold: 1,
      periods: 1,
      description: `${role} was called more often at once than its concurrency allows`,
    })),
    ...deliveries(environment.name),
    {
      id: 'WebhookDelay',
      metric: functionMetric(environment.name, 'webhook-processor', {
        metricName: 'IteratorAge',
        statistic: 'Maximum',
      }),
      threshold: limits.iteratorAgeSeconds * 1000,
      periods: 1,
      description: 'Stored deliveries wait for the processor longer than they may',
    },
    ...tables(watched),
  ];
}

/** Two ways in which a stored delivery has no effect: the processor failed it, or never came to its end. */
function deliveries(environment: string): readonly AlarmDefinition[] {
  return [
    {
      id: 'DeliveriesFailed',
      metric: appMetric(environment, 'webhook', 'DeliveriesFailed'),
      threshold: 1,
      periods: 1,
      description:
        'Deliveries are `failed`, each with its reason: ' +
        `list them by \`npm run replay -- --failed-since 1d --dry-run --env ${environment}\`, mend the cause, ` +
        'and set them back by the same without --dry-run',
    },
    {
      id: 'WebhookFailures',
      metric: queueDepth(failuresQueueName(environment)),
      threshold: 1,
      periods: 1,
      description:
        'The stream gave up on deliveries that the processor did not end: their rows are still `received`. ' +
        `List them by \`npm run replay -- --stuck-since 3d --dry-run --env ${environment}\`, mend the processor, ` +
        'set them back by the same without --dry-run, and purge the queue',
    },
  ];
}

function faults(environment: string, serverErrors: number): readonly AlarmDefinition[] {
  return [
    ...['users-api', 'webhook'].map((service) => ({
      id: `Faults-${service}`,
      metric: appMetric(environment, service, 'Faults'),
      threshold: serverErrors,
      periods: 1,
      description: `${service} answered server errors or threw; its log has the codes`,
    })),
    {
      id: 'AuthorizerOutage',
      metric: appMetric(environment, 'authorizer', 'AuthorizerOutage'),
      threshold: 1,
      periods: 1,
      description: 'The authorizer has no keys or no configuration: callers get 500 instead of an answer',
    },
  ];
}

const FRONT_TITLES = { http: 'HTTP API', rest: 'REST API', url: 'function URL' } as const;

function frontAlarms(
  identity: FrontIdentity,
  limits: { readonly latencyP99Ms: number; readonly serverErrors: number },
): readonly AlarmDefinition[] {
  const title = FRONT_TITLES[identity.front];
  const slow = identity.front === 'url' ? 'The slowest call' : 'The slowest of a hundred calls';
  return [
    {
      id: `ServerErrors-${identity.front}`,
      metric: frontMetric(identity, 'serverErrors'),
      threshold: limits.serverErrors,
      periods: 1,
      description: `Callers of the ${title} get 5xx, from the function or from the front itself`,
    },
    {
      id: `Latency-${identity.front}`,
      metric: frontMetric(identity, 'latency'),
      threshold: limits.latencyP99Ms,
      periods: 3,
      description: `${slow} of the ${title} is too slow, for 15 minutes`,
    },
  ];
}

function tables({ usersTable, deliveriesTable }: Watched): readonly AlarmDefinition[] {
  return [
    { name: 'Users', table: usersTable },
    { name: 'Deliveries', table: deliveriesTable },
  ].flatMap(({ name, table }) =>
    (['Read', 'Write'] as const).map((direction) => ({
      id: `${name}${direction}Throttles`,
      metric: tableThrottles(table, direction),
      threshold: 1,
      periods: 1,
      description: `The ${name.toLowerCase()} table turned requests away: one partition is asked too often`,
    })),
  );
}
