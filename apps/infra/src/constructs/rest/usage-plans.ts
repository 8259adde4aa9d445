import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey } from 'aws-cdk-lib/aws-apigateway';
import { Construct, type IDependable } from 'constructs';
import type { Environment } from '../../environments/environment.ts';

export interface UsagePlansProps {
  readonly environment: Environment;
  readonly apiId: string;
  readonly stageName: string;
  /** A plan names the stage, which has to be there first. */
  readonly stage: IDependable;
}

/** Plans with their limits, and a generated key for each client: its value is in API Gateway and in no template. */
export class UsagePlans extends Construct {
  constructor(scope: Construct, id: string, { environment, apiId, stageName, stage }: UsagePlansProps) {
    super(scope, id);
    for (const { name, throttle, quota, clients } of environment.usagePlans?.plans ?? []) {
      const planName = `gatehouse-${environment.name}-${name}`;
      const plan = new CfnUsagePlan(this, `Plan-${name}`, {
        usagePlanName: planName,
        apiStages: [{ apiId, stage: stageName }],
        throttle: { rateLimit: throttle.ratePerSecond, burstLimit: throttle.burst },
        ...(quota !== undefined && { quota: { limit: quota.requests, period: quota.per } }),
      });
      plan.node.addDependency(stage);
      for (const client of clients) {
        const key = new CfnApiKey(this, `Key-${name}-${client}`, {
          name: `${planName}-${client}`,
          enabled: true,
        });
        new CfnUsagePlanKey(this, `Member-${name}-${client}`, {
          keyId: key.ref,
          keyType: 'API_KEY',
          usagePlanId: plan.ref,
        });
      }
    }
  }
}
