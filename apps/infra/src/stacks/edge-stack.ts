import { CfnOutput, CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { permitFunctionUrl } from '../constructs/function-url.ts';
import { UrlDistribution } from '../constructs/url-distribution.ts';
import { originSecretName } from '../names.ts';
import { FIREWALL_OUTPUTS } from './edge-firewall-stack.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/** The header by which the webhook receiver knows that a request came by CloudFront. */
export const ORIGIN_HEADER = 'x-gatehouse-origin';

/** CloudFront before the webhook receiver, and before the internal URL of users-api. */
export class EdgeStack extends PartStack {
  constructor(scope: Construct, props: PartStackProps) {
    super(scope, 'Edge', props);
    const environment = this.settings;
    const { webhook, internal } = environment.edge ?? {};
    if (webhook !== undefined) {
      const { url } = new UrlDistribution(this, 'Webhook', {
        comment: `gatehouse-${environment.name} webhook receiver`,
        functionUrl: this.lookUp('webhookUrl'),
        webAclArn: this.#firewall(FIREWALL_OUTPUTS.webhook),
        domain: webhook.domain,
        proof: {
          header: ORIGIN_HEADER,
          // CloudFormation puts the value in when it deploys: the template holds a reference.
          value: `{{resolve:secretsmanager:${originSecretName(environment.name)}:SecretString}}`,
        },
      });
      new CfnOutput(this, 'WebhookUrl', { value: url });
    }
    if (internal !== undefined) {
      const { url, arn } = new UrlDistribution(this, 'Internal', {
        comment: `gatehouse-${environment.name} internal users-api`,
        functionUrl: this.lookUp('usersApiInternalUrl'),
        webAclArn: this.#firewall(FIREWALL_OUTPUTS.internal),
        domain: internal.domain,
        proof: 'signed',
      });
      permitFunctionUrl(this, this.lookUp('usersApiArn'), {
        principal: 'cloudfront.amazonaws.com',
        authType: 'AWS_IAM',
        sourceArn: arn,
      });
      new CfnOutput(this, 'InternalUrl', { value: url });
    }
  }

  #firewall(name: string): string {
    return new CfnParameter(this, name, {
      type: 'String',
      description: `${name} of the EdgeFirewall stack, which is in another region`,
      allowedPattern: '^arn:[^:]+:wafv2:us-east-1:.*$',
    }).valueAsString;
  }
}
