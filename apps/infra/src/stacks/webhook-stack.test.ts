import { Match } from 'aws-cdk-lib/assertions';
import { synthesise } from '../testing/fixtures.ts';

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
