import { ArnFormat, CfnOutput, DefaultStackSynthesizer, Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { parameterName } from '../names.ts';
import { EDGE_REGION } from './edge-firewall-stack.ts';
import { GITHUB_ISSUER } from './github-oidc-stack.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/** The bootstrap's roles that a deployment takes on; what they may do, the bootstrap's template says. */
const BOOTSTRAP_ROLES = ['deploy-role', 'file-publishing-role', 'lookup-role'];

/** What the smoke checks ask for. */
const PUBLISHED_URLS = ['httpApiUrl', 'restApiUrl', 'usersApiUrl'] as const;

export interface DeliveryStackProps extends PartStackProps {
  /** `owner/name`. */
  readonly repository: string;
}

/**
 * The role of GitHub Actions for one environment: for jobs of one repository that run in the GitHub environment of the same
 * name, whose protection rules say who may start them. It may deploy as the CDK does, and read the URLs to test.
 */
export class DeliveryStack extends PartStack {
  constructor(scope: Construct, { repository, ...props }: DeliveryStackProps) {
    super(scope, 'Delivery', props);
    const { name, region } = this.settings;
    const provider = this.#iamArn('oidc-provider', GITHUB_ISSUER);
    const role = new Role(this, 'Deploy', {
      roleName: `gatehouse-${name}-deploy`,
      description: `Deploys Gatehouse ${name} from GitHub Actions`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(provider, {
        StringEquals: {
          [`${GITHUB_ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${GITHUB_ISSUER}:sub`]: `repo:${repository}:environment:${name}`,
        },
      }),
    });
    const qualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: [...new Set([region, EDGE_REGION])].flatMap((where) =>
          BOOTSTRAP_ROLES.map((part) =>
            this.#iamArn('role', `cdk-${qualifier}-${part}-${this.account}-${where}`),
          ),
        ),
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['ssm:GetParameter'],
        resources: PUBLISHED_URLS.map((key) =>
          this.formatArn({
            service: 'ssm',
            resource: 'parameter',
            resourceName: parameterName(name, key).slice(1),
          }),
        ),
      }),
    );
    new CfnOutput(this, 'DeployRoleArn', { value: role.roleArn });
  }

  #iamArn(resource: string, resourceName: string): string {
    return this.formatArn({
      service: 'iam',
      region: '',
      resource,
      resourceName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
