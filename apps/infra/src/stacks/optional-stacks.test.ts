import { Match } from 'aws-cdk-lib/assertions';
import { createInfraApp } from '../app.ts';
import { devEnvironment, fakeBundles, operations, synthesise } from '../testing/fixtures.ts';
import { variants } from '../testing/variants.ts';

const stacksOf = (variant: string) =>
  createInfraApp({ environment: variants[variant]!, operations, bundles: fakeBundles() })
    .synth()
    .stacks.map(({ stackName }) => stackName.split('-').at(-1));

describe('Edge and Observability', () => {
  it('are left out where the environment has neither', () => {
    expect(stacksOf('dev')).toEqual(['Data', 'Authorizer', 'UsersApi', 'Webhook']);
  });

  it('are there where it has both, after what they read from', () => {
    expect(stacksOf('prod')).toEqual([
      'Data',
      'Authorizer',
      'UsersApi',
      'Webhook',
      'EdgeFirewall',
      'Edge',
      'Observability',
    ]);
  });
});

describe('the Edge stacks', () => {
  const environment = variants['edge']!;
  const edge = synthesise('Edge', { environment });
  const firewall = synthesise('EdgeFirewall', { environment });

  it('send the receiver a secret that the template only refers to', () => {
    edge.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [
          Match.objectLike({
            OriginCustomHeaders: [
              {
                HeaderName: 'x-gatehouse-origin',
                HeaderValue: '{{resolve:secretsmanager:gatehouse/prod/webhook-origin:SecretString}}',
              },
            ],
          }),
        ],
        WebACLId: { Ref: 'WebhookFirewallArn' },
      },
    });
    synthesise('Webhook', { environment }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ORIGIN_SECRET_ID: 'gatehouse/prod/webhook-origin' }) },
    });
  });

  it('ask the receiver for no secret where no distribution sends one', () => {
    synthesise('Webhook').hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'receiver.handler',
      Environment: { Variables: Match.objectLike({ ORIGIN_SECRET_ID: Match.absent() }) },
    });
  });

  it('sign what goes to the internal URL, and let that one distribution call it, by both permissions', () => {
    edge.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always' },
    });
    for (const permission of [
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' },
      { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
    ]) {
      edge.hasResourceProperties('AWS::Lambda::Permission', {
        ...permission,
        Principal: 'cloudfront.amazonaws.com',
        SourceArn: Match.anyValue(),
      });
    }
  });

  it('let the named addresses alone reach the internal distribution', () => {
    firewall.hasResourceProperties('AWS::WAFv2::IPSet', {
      Addresses: ['203.0.113.0/24'],
      Scope: 'CLOUDFRONT',
    });
    firewall.hasResourceProperties('AWS::WAFv2::WebACL', { DefaultAction: { Block: {} } });
  });
});

describe('the Delivery stack', () => {
  it('lets jobs of one repository and one environment take its role', () => {
    synthesise('Delivery', { environment: variants['prod']! }).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: {
                'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                'token.actions.githubusercontent.com:sub':
                  'repo:gatehouse-example/gatehouse:environment:prod',
              },
            },
          }),
        ],
      },
    });
  });
});

describe('a canary deployment', () => {
  it('moves the alias that every front calls, and takes it back on an alarm', () => {
    const template = synthesise('UsersApi', { environment: variants['prod']! });

    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      AutoRollbackConfiguration: { Enabled: true, Events: Match.arrayWith(['DEPLOYMENT_STOP_ON_ALARM']) },
    });
    template.hasResource('AWS::Lambda::Alias', {
      Properties: { Name: 'live', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } },
      UpdatePolicy: { CodeDeployLambdaAliasUpdate: Match.anyValue() },
    });
    template.hasResourceProperties('AWS::Lambda::Url', { Qualifier: 'live', AuthType: 'AWS_IAM' });
  });
});

describe('a public function URL', () => {
  it('has the function verify tokens by itself, beside the internal URL', () => {
    const template = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['url'] }) });

    template.resourceCountIs('AWS::Lambda::Url', 2);
    template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE', Qualifier: 'public' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ AUTH_CONFIG: Match.anyValue() }) },
    });
  });
});

describe('the stream processor', () => {
  const template = synthesise('Webhook');

  it('is given deliveries that were received, and no change of its own', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10_000,
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: {
        Filters: [
          {
            Pattern: '{"eventName":["INSERT","MODIFY"],"dynamodb":{"NewImage":{"state":{"S":["received"]}}}}',
          },
        ],
      },
    });
  });

  it('may call the internal URL, and the function only by it', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'lambda:InvokeFunctionUrl',
            Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
          }),
          Match.objectLike({
            Action: 'lambda:InvokeFunction',
            Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
          }),
        ]),
      },
    });
  });
});
