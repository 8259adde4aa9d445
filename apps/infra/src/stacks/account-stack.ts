import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';

/**
 * What every REST API of an account and region shares: the role by which API Gateway writes logs. One for the whole
 * account, so that no environment's stack may own it.
 */
export class AccountStack extends Stack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, 'Gatehouse-Account', { ...props, description: 'Gatehouse: once per account and region' });
    const role = new Role(this, 'ApiGatewayLogs', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    acknowledge(
      role,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    );
    new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
  }
}
