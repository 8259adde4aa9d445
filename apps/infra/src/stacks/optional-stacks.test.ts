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

  it('have a name of their own, with TLS 1.2 and records, where the environment gives one', () => {
    const named = synthesise('Edge', { environment: variants['prod']! });

    named.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['hooks.gatehouse.example'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      },
    });
    for (const type of ['A', 'AAAA']) {
      named.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'hooks.gatehouse.example', Type: type });
    }
    edge.resourceCountIs('AWS::Route53::RecordSet', 0);
    edge.allResourcesProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Aliases: Match.absent() },
    });
  });

  it('let the named addresses alone reach the internal distribution', () => {
    firewall.hasResourceProperties('AWS::WAFv2::IPSet', {
      Addresses: ['203.0.113.0/24'],
      Scope: 'CLOUDFRONT',
    });
    firewall.hasResourceProperties('AWS::WAFv2::WebACL', { DefaultAction: { Block: {} } });
  });
});

describe('a canary deployment', () => {
  it('moves the alias that every front calls, and takes it back on an alarm', () => {
    const template = synthesise('UsersApi', { environment: variants['prod']! });

    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      AutoRollbackConfiguration: { Enabled: true, Events: Match.arrayWith(['DEPLOYMENT_STOP_ON_ALARM']) },
    });
    for (const metric of [
      { Namespace: 'AWS/Lambda', MetricName: 'Errors' },
      { Namespace: 'Gatehouse', MetricName: 'Faults' },
    ]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { ...metric, Period: 60 });
    }
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      AlarmConfiguration: { Enabled: true, Alarms: [Match.anyValue(), Match.anyValue()] },
      AutoRollbackConfiguration: { Events: Match.arrayWith(['DEPLOYMENT_FAILURE']) },
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

  it('leaves a note of what it could not work off in a queue, by TLS alone and for two weeks', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'gatehouse-dev-webhook-failures',
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    });
  });

  it('is given deliveries that were received, and no change of its own', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      ParallelizationFactor: 2,
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
