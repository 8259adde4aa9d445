import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';
import { variants } from '../testing/variants.ts';

const settings = {
  dashboard: true,
  alarms: { emails: [], latencyP99Ms: 1500, serverErrors: 7, iteratorAgeSeconds: 300 },
};
const observe = (change: Parameters<typeof devEnvironment>[0]) =>
  synthesise('Observability', { environment: devEnvironment({ observability: settings, ...change }) });
const alarmNames = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }: { Properties?: { AlarmName: string } }) => Properties?.AlarmName ?? '',
  );

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}
const metricsOfAlarms = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }: { Properties?: AlarmProperties }) => ({
      namespace: Properties?.Namespace,
      metric: Properties?.MetricName ?? '',
      service: Properties?.Dimensions?.find(({ Name }) => Name === 'service')?.Value as string,
    }),
  );
/** All that a folder's code says, its tests aside. */
const sourceOf = (folder: string): string => {
  const root = join(__dirname, '../../../..', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
};

describe('the Observability stack', () => {
  const template = synthesise('Observability', { environment: variants['prod']! });

  it.each([
    ['Gatehouse', 'Faults', 20],
    ['Gatehouse', 'AuthorizerOutage', 1],
    ['Gatehouse', 'DeliveriesFailed', 1],
    ['AWS/ApiGateway', '5XXError', 20],
    ['AWS/ApiGateway', 'Latency', 1000],
    ['AWS/Lambda', 'Throttles', 1],
    ['AWS/Lambda', 'IteratorAge', 300_000],
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 1],
    ['AWS/DynamoDB', 'WriteThrottleEvents', 1],
  ])('alarms on %s %s', (namespace, name, threshold) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: namespace,
      MetricName: name,
      Threshold: threshold,
      AlarmActions: [Match.anyValue()],
      TreatMissingData: 'notBreaching',
    });
  });

  it('alarms on metrics of ours alone that the app counts under that name', () => {
    const ours = metricsOfAlarms(template).filter(({ namespace }) => namespace === 'Gatehouse');

    expect(ours.map(({ metric }) => metric)).toEqual(expect.arrayContaining(['Faults', 'DeliveriesFailed']));
    for (const { metric, service } of ours) {
      const counted = [`apps/${service}/src`, 'libs/observability/src/metrics'].map(sourceOf).join('\n');
      expect(`${service}: ${counted.includes(`'${metric}'`) ? metric : 'not counted'}`).toBe(
        `${service}: ${metric}`,
      );
    }
  });

  it.each([
    ['WebhookFailures', '--stuck-since'],
    ['DeliveriesFailed', '--failed-since'],
  ])('says with the alarm %s how what it tells of is found', (name, option) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `gatehouse-prod-${name}`,
      AlarmDescription: Match.stringLikeRegexp(`npm run replay -- ${option} .*--env prod`),
    });
  });

  it.each([
    ['http', 'AWS/ApiGateway', '5xx', 'Latency', 'p99'],
    ['rest', 'AWS/ApiGateway', '5XXError', 'Latency', 'p99'],
    ['url', 'AWS/Lambda', 'Url5xxCount', 'UrlRequestLatency', 'Maximum'],
  ] as const)(
    'watches the errors and the latency of a front %s',
    (front, namespace, errors, latency, statistic) => {
      const other = observe({ fronts: [front] });

      other.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `gatehouse-dev-ServerErrors-${front}`,
        Namespace: namespace,
        MetricName: errors,
        Threshold: 7,
      });
      const slowest = statistic === 'p99' ? { ExtendedStatistic: 'p99' } : { Statistic: statistic };
      other.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `gatehouse-dev-Latency-${front}`,
        Namespace: namespace,
        MetricName: latency,
        Threshold: 1500,
        EvaluationPeriods: 3,
        ...slowest,
      });
      expect(alarmNames(other).filter((name) => /-(Latency|ServerErrors)-/.test(name))).toHaveLength(2);
    },
  );

  it('never alarms on the count of Lambda errors, which every 401 of the authorizer raises', () => {
    const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      (alarm: Record<string, Record<string, unknown>>) => alarm['Properties']?.['MetricName'],
    );

    expect(names).not.toContain('Errors');
  });

  it('tells the people of the environment', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'oncall@gatehouse.example',
    });
    observe({}).resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('lets this account’s alarms publish, and nobody without TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sns:Publish',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('with dashboard %s has %i of them', (dashboard, count) => {
    observe({ observability: { ...settings, dashboard } }).resourceCountIs(
      'AWS::CloudWatch::Dashboard',
      count,
    );
  });
});
