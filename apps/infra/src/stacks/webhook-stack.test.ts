import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

describe('the Webhook stack', () => {
  const template = synthesise('Webhook');

  it('has a receiver on a URL without IAM, with both permissions that such a URL needs', () => {
    template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE', InvokeMode: 'BUFFERED' });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: '*',
      InvokedViaFunctionUrl: true,
    });
  });

  it('names the providers and their secrets, and holds no secret', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'receiver.handler',
      Environment: {
        Variables: {
          WEBHOOK_PROVIDERS: Match.serializedJson({
            standard: {
              scheme: 'standard-webhooks',
              secretEncoding: 'whsec',
              toleranceSeconds: 300,
              secretId: 'gatehouse/dev/webhooks/standard',
            },
          }),
        },
      },
    });
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  it('tells the processor when to give up, which the stream does later', () => {
    const other = synthesise('Webhook', { environment: devEnvironment({ webhook: { giveUpSeconds: 90 } }) });

    other.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'processor.handler',
      Environment: { Variables: { GIVE_UP_SECONDS: '90' } },
    });
    other.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/gatehouse/dev/webhook/give-up-seconds',
      Value: '90',
    });
    other.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MaximumRecordAgeInSeconds: 21_600,
      MaximumRetryAttempts: 10_000,
    });
  });

  it('lets the receiver put deliveries and read its providers’ secrets', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'dynamodb:PutItem' }),
          Match.objectLike({
            Action: 'secretsmanager:GetSecretValue',
            Resource: {
              'Fn::Join': ['', Match.arrayWith([':secret:gatehouse/dev/webhooks/standard-??????'])],
            },
          }),
        ]),
      },
    });
  });
});
