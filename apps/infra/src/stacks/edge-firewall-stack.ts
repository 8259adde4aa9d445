import { CfnOutput } from 'aws-cdk-lib';
import { CfnIPSet } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { WebAcl } from '../constructs/web-acl.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/** CloudFront's web ACLs live there, wherever the environment is. */
export const EDGE_REGION = 'us-east-1';

/** Outputs of this stack and parameters of the Edge stack alike: the deployment carries them across regions. */
export const FIREWALL_OUTPUTS = { webhook: 'WebhookFirewallArn', internal: 'InternalFirewallArn' } as const;

/** The web ACLs of the environment's distributions. */
export class EdgeFirewallStack extends PartStack {
  constructor(scope: Construct, props: PartStackProps) {
    super(scope, 'EdgeFirewall', { ...props, region: EDGE_REGION });
    const environment = this.settings;
    const { webhook, internal } = environment.edge ?? {};
    if (webhook !== undefined) {
      const acl = new WebAcl(this, 'Webhook', {
        environment,
        label: 'webhook',
        scope: 'CLOUDFRONT',
        firewall: webhook.firewall,
      });
      new CfnOutput(this, FIREWALL_OUTPUTS.webhook, { value: acl.arn });
    }
    if (internal !== undefined) {
      const addresses = new CfnIPSet(this, 'InternalAddresses', {
        name: `gatehouse-${environment.name}-internal`,
        scope: 'CLOUDFRONT',
        ipAddressVersion: 'IPV4',
        addresses: [...internal.allowedCidrs],
      });
      const acl = new WebAcl(this, 'Internal', {
        environment,
        label: 'internal',
        scope: 'CLOUDFRONT',
        firewall: internal.firewall,
        allowedIpSetArn: addresses.attrArn,
      });
      new CfnOutput(this, FIREWALL_OUTPUTS.internal, { value: acl.arn });
    }
  }
}
