import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { failuresQueueName, functionName } from '../names.ts';
import { alarmDefinitions } from '../observability/alarms.ts';
import {
  type FrontIdentity,
  frontMetric,
  appMetric,
  functionMetric,
  queueDepth,
} from '../observability/metrics.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/** Alarms with the topic that they go to, and a dashboard. */
export class ObservabilityStack extends PartStack {
  constructor(scope: Construct, props: PartStackProps) {
    super(scope, 'Observability', props);
    const fronts = this.#fronts();
    this.#alarms(fronts);
    if (this.settings.observability?.dashboard === true) this.#dashboard(fronts);
  }

  #fronts(): readonly FrontIdentity[] {
    const { fronts, name } = this.settings;
    return [
      ...(fronts.includes('http') ? [{ front: 'http' as const, apiId: this.lookUp('httpApiId') }] : []),
      ...(fronts.includes('rest') ? [{ front: 'rest' as const, apiName: `gatehouse-${name}` }] : []),
      ...(fronts.includes('url')
        ? [{ front: 'url' as const, functionName: functionName(name, 'users-api') }]
        : []),
    ];
  }

  #alarms(fronts: readonly FrontIdentity[]): void {
    const environment = this.settings;
    const topic = new Topic(this, 'Alarms', {
      topicName: `gatehouse-${environment.name}-alarms`,
      enforceSSL: true,
    });
    // A topic with a policy has no longer the default one, by which its account's alarms may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    for (const email of environment.observability?.alarms.emails ?? []) {
      topic.addSubscription(new EmailSubscription(email));
    }
    const definitions = alarmDefinitions({
      environment,
      fronts,
      usersTable: this.lookUp('usersTable'),
      deliveriesTable: this.lookUp('deliveriesTable'),
    });
    for (const { id, metric, threshold, periods, description } of definitions) {
      const alarm = new Alarm(this, id, {
        alarmName: `gatehouse-${environment.name}-${id}`,
        alarmDescription: description,
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        // No traffic is no trouble.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
  }

  #dashboard(fronts: readonly FrontIdentity[]): void {
    const { name } = this.settings;
    const lambda = (role: string, metricName: string, statistic: string) =>
      functionMetric(name, role, { metricName, statistic });
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `gatehouse-${name}` });
    dashboard.addWidgets(
      graph(
        'Requests',
        fronts.map((front) => frontMetric(front, 'requests')),
      ),
      graph(
        'Errors',
        fronts.flatMap((front) => [frontMetric(front, 'clientErrors'), frontMetric(front, 'serverErrors')]),
      ),
      graph(
        'Latency, p99, of a URL maximum (ms)',
        fronts.map((front) => frontMetric(front, 'latency')),
      ),
    );
    dashboard.addWidgets(
      graph('Faults by app', [
        appMetric(name, 'users-api', 'Faults'),
        appMetric(name, 'webhook', 'Faults'),
        appMetric(name, 'authorizer', 'AuthorizerOutage'),
      ]),
      graph('Duration, p99 (ms)', [
        lambda('users-api', 'Duration', 'p99'),
        lambda('authorizer', 'Duration', 'p99'),
      ]),
      graph('Concurrency', [
        lambda('users-api', 'ConcurrentExecutions', 'Maximum'),
        lambda('authorizer', 'ConcurrentExecutions', 'Maximum'),
      ]),
    );
    dashboard.addWidgets(
      graph('Deliveries received', [lambda('webhook-receiver', 'Invocations', 'Sum')]),
      graph('Age of the oldest waiting delivery (ms)', [
        lambda('webhook-processor', 'IteratorAge', 'Maximum'),
      ]),
      graph('Deliveries failed, and given up by the stream', [
        appMetric(name, 'webhook', 'DeliveriesFailed'),
        queueDepth(failuresQueueName(name)),
      ]),
    );
  }
}

function graph(title: string, left: readonly IMetric[]): IWidget {
  return new GraphWidget({ title, left: [...left], width: 8 });
}
