import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

describe('the Authorizer stack', () => {
  const template = synthesise('Authorizer');

  it('has Secrets Manager make the signing key inside a JWK', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'gatehouse/dev/token-signing-key',
      GenerateSecretString: {
        SecretStringTemplate: '{"kty":"oct","kid":"dev-1"}',
        GenerateStringKey: 'k',
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    });
  });

  it('gives the function its issuers, with the secret by its ARN', () => {
    const functions = template.findResources('AWS::Lambda::Function');
    const [secretId] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    const [resource] = Object.values(functions);
    const [, [before, secret, after]] =
      resource?.['Properties'].Environment.Variables.AUTH_CONFIG['Fn::Join'] ?? [];

    expect(secret).toEqual({ Ref: secretId });
    expect(JSON.parse(`${before}SECRET${after}`)).toEqual({
      issuers: [
        {
          issuer: 'https://auth.dev.gatehouse.example/',
          algorithms: ['HS256'],
          typ: ['JWT', 'at+jwt', null],
          audience: ['https://api.dev.gatehouse.example/'],
          clockToleranceSeconds: 5,
          secretArn: 'SECRET',
        },
      ],
      maxTokenBytes: 7168,
      simpleResponses: false,
      anyScope: ['users:admin', 'users:read', 'users:write'],
    });
  });

  it('publishes what signing a token for its own issuer takes, and no key', () => {
    const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
    const parameter = parameters.find(
      ({ Properties }) => Properties.Name === '/gatehouse/dev/authorizer/development-issuer',
    );
    const [, [before, secret, after]] = parameter?.['Properties'].Value['Fn::Join'] ?? [];

    expect(secret).toEqual({ Ref: expect.stringMatching(/^TokenSigningKey/) });
    expect(JSON.parse(`${before}ARN${after}`)).toEqual({
      issuer: 'https://auth.dev.gatehouse.example/',
      audience: 'https://api.dev.gatehouse.example/',
      keyArn: 'ARN',
    });
  });

  it('tells the function whom to ask about opaque tokens, and the name of the secret that people put there', () => {
    const introspection = {
      issuer: 'https://opaque.gatehouse.example/',
      endpoint: 'https://opaque.gatehouse.example/introspect',
      clientId: 'gatehouse',
      clockToleranceSeconds: 5,
      cacheSeconds: 60,
    };
    const other = synthesise('Authorizer', {
      environment: devEnvironment({ authorizer: { introspection } }),
    });

    other.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          AUTH_CONFIG: {
            'Fn::Join': [
              '',
              Match.arrayWith([
                Match.stringLikeRegexp(
                  '"introspection":{.*"secretArn":"gatehouse/dev/introspection-client"}',
                ),
              ]),
            ],
          },
        }),
      },
    });
    other.resourceCountIs('AWS::SecretsManager::Secret', 1);
  });

  it('lets the function read that secret, write its log, send traces, and nothing else', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Effect: 'Allow',
            Resource: Match.anyValue(),
          },
          {
            Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
            Effect: 'Allow',
            Resource: '*',
          },
          {
            Action: 'secretsmanager:GetSecretValue',
            Effect: 'Allow',
            Resource: { Ref: Match.stringLikeRegexp('^TokenSigningKey') },
          },
        ],
      },
    });
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });
});
