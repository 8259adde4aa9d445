import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

describe('the UsersApi stack', () => {
  const template = synthesise('UsersApi');

  it('finds table and authorizer by the parameters of their stacks', () => {
    const defaults = Object.values(
      template.findParameters('*', { Type: 'AWS::SSM::Parameter::Value<String>' }),
    )
      .map(({ Default }: { Default?: string }) => Default)
      .filter((name) => name?.startsWith('/gatehouse/'));

    expect(defaults).toEqual(['/gatehouse/dev/data/users-table', '/gatehouse/dev/authorizer/function-arn']);
  });

  it.each<[string, Parameters<typeof devEnvironment>[0]]>([
    ['every caller signs', { fronts: ['http', 'rest'], iamRoutes: ['createUser', 'listUsers', 'getUser'] }],
    [
      'the function verifies tokens by a key set',
      {
        fronts: ['url'],
        authorizer: {
          issuers: [
            {
              issuer: 'https://login.example/',
              algorithms: ['RS256'],
              keys: { jwksUri: 'https://login.example/keys' },
              typ: ['at+jwt'],
              audience: ['users'],
              clockToleranceSeconds: 5,
            },
          ],
        },
      },
    ],
  ])('does not depend on the Authorizer stack where %s', (_why, change) => {
    const parameters = synthesise('UsersApi', { environment: devEnvironment(change) }).findParameters('*');

    expect(JSON.stringify(parameters)).toContain('/data/users-table');
    expect(JSON.stringify(parameters)).not.toContain('/authorizer/');
  });

  it.each([
    [['http'], 1, 0],
    [['rest'], 0, 1],
    [['http', 'rest'], 1, 1],
  ] as const)('with fronts %j has %i HTTP and %i REST APIs before the one function', (fronts, http, rest) => {
    const other = synthesise('UsersApi', { environment: devEnvironment({ fronts }) });

    other.resourceCountIs('AWS::ApiGatewayV2::Api', http);
    other.resourceCountIs('AWS::ApiGateway::RestApi', rest);
    other.resourceCountIs('AWS::Lambda::Function', 1);
  });

  it('has an internal address that nobody may call without a grant', () => {
    template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM' });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/gatehouse/dev/users-api/internal-url',
      Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Internal'), 'FunctionUrl'] },
    });
    expect(template.findResources('AWS::Lambda::Permission', { Properties: { Principal: '*' } })).toEqual({});
  });

  it('lets the function touch items of its table and query its index alone', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'dynamodb:Query',
            Resource: { 'Fn::Join': ['', Match.arrayWith(['/index/by-shard'])] },
          }),
        ]),
      },
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('dynamodb:Scan');
  });

  it('tells the function who may call it from a browser', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: { CORS: '{"origins":["http://localhost:5173"],"credentials":false,"maxAgeSeconds":600}' },
      },
    });
  });
});
