import { Duration } from 'aws-cdk-lib';
import { Alarm, type IAlarm, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { Environment } from '../environments/environment.ts';
import type { Canary } from '../environments/schema/functions.ts';
import { functionName } from '../names.ts';

export interface CanaryDeploymentProps {
  readonly environment: Environment;
  /** The app, as it calls itself in its metrics. */
  readonly service: string;
  readonly alias: Alias;
  readonly strategy: Canary;
}

const STRATEGIES: Readonly<Record<Canary, ILambdaDeploymentConfig>> = {
  'canary-10-percent-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'canary-10-percent-15-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
  'linear-10-percent-every-1-minute': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
  'all-at-once': LambdaDeploymentConfig.ALL_AT_ONCE,
};

/**
 * Moves an alias to a new version by CodeDeploy, and back when an alarm fires meanwhile: the version crashes or times
 * out (Lambda's count), or answers server errors (the app's own count, which Lambda takes for success).
 */
export class CanaryDeployment extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { environment, service, alias, strategy }: CanaryDeploymentProps,
  ) {
    super(scope, id);
    const name = functionName(environment.name, service);
    const alarms = [
      this.#alarm('Crashes', alias.metricErrors({ period: Duration.minutes(1), statistic: 'Sum' })),
      this.#alarm(
        'Faults',
        new Metric({
          namespace: 'Gatehouse',
          metricName: 'Faults',
          dimensionsMap: { environment: environment.name, service },
          period: Duration.minutes(1),
          statistic: 'Sum',
        }),
      ),
    ];
    acknowledge(
      this,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
    );
    new LambdaDeploymentGroup(this, 'Group', {
      application: new LambdaApplication(this, 'Application', { applicationName: name }),
      deploymentGroupName: 'live',
      alias,
      deploymentConfig: STRATEGIES[strategy],
      alarms,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
  }

  #alarm(id: string, metric: IMetric): IAlarm {
    return new Alarm(this, id, {
      metric,
      threshold: 3,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Takes the deployment of a version back',
    });
  }
}
