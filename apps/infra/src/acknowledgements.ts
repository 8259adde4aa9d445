import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Findings of cdk-nag that are meant to be as they are, each with the reason. Every use is on the construct that the
 * finding is about, so that the same finding elsewhere still fails.
 */
const REASONS = {
  'AwsSolutions-IAM5[Resource::*]':
    'X-Ray and dynamodb:ListStreams know no resource; every action with this resource is listed in iam-policies.test.ts.',
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
    'API Gateway asks for what this policy allows; AWS extends it when API Gateway needs more.',
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]':
    'The narrowest policy that CodeDeploy documents for Lambda.',
  'AwsSolutions-SMG4':
    'Rotation is a procedure of two keys (docs/deployment.md), run by a person or a pipeline, not by a function in this stack.',
  'AwsSolutions-SQS3': 'This queue is itself the dead-letter queue of a stream.',
  'AwsSolutions-APIG2':
    'users-api checks every request by the contract’s schemas; validation by the API is added by environments.ts (requestValidation).',
  'AwsSolutions-APIG3': 'This environment has no firewall, by its entry in environments.ts (waf).',
  'AwsSolutions-APIG4':
    'The contract, or the entry of a backend, says that this operation is public; a preflight never has credentials (Fetch, 3.2.2).',
  'AwsSolutions-COG4':
    'Callers are known by the Lambda authorizer, for any issuer and not for Cognito alone, or by IAM.',
  'AwsSolutions-CFR1': 'Callers are servers, anywhere.',
  'AwsSolutions-CFR3': 'Every request is in the log of the web ACL and in that of the function.',
  'AwsSolutions-CFR4':
    'Without a domain of one’s own CloudFront allows no choice of TLS version; give one in environments.ts.',
} as const;

export type Finding = keyof typeof REASONS;

/** Accepts findings about a construct and what is below it. */
export function acknowledge(scope: IConstruct, ...findings: readonly Finding[]): void {
  Validations.of(scope).acknowledge(...findings.map((id) => ({ id, reason: REASONS[id] })));
}
