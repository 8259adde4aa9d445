import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../../testing/fixtures.ts';
import { variants } from '../../testing/variants.ts';

const template = synthesise('UsersApi', { environment: variants['http']! });
const plain = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['http'] }) });

describe('an HTTP API', () => {
  it('has none of its options where the environment asks for none', () => {
    for (const type of ['AWS::ApiGatewayV2::DomainName', 'AWS::ApiGatewayV2::ApiMapping']) {
      plain.resourceCountIs(type, 0);
    }
    plain.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: false });
    plain.resourcePropertiesCountIs('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM' }, 0);
    plain.resourcePropertiesCountIs('AWS::ApiGatewayV2::Integration', { IntegrationType: 'HTTP_PROXY' }, 0);
  });

  it('is reached by its own name at the root, and no more by the generated one', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: 'api.gatehouse.example',
      DomainNameConfigurations: [Match.objectLike({ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' })],
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: Match.absent() });
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/gatehouse/dev/users-api/http-api-url',
      Value: 'https://api.gatehouse.example',
    });
  });

  it('is found by an alias record where its zone is in the account', () => {
    const environment = devEnvironment({
      fronts: ['http'],
      domains: {
        http: {
          name: 'api.gatehouse.example',
          basePath: 'v1',
          certificateParameter: '/gatehouse/dev/certificate',
          hostedZone: { name: 'gatehouse.example', idParameter: '/gatehouse/zone' },
        },
      },
    });
    const below = synthesise('UsersApi', { environment });

    below.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'api.gatehouse.example',
      Type: 'A',
      AliasTarget: { DNSName: { 'Fn::GetAtt': [Match.anyValue(), 'RegionalDomainName'] } },
    });
    below.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'v1' });
    below.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BASE_PATH: '/v1' }) },
    });
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  it('passes a backend’s requests on by method, behind the authorizer', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'https://reports.gatehouse.example/{proxy}',
      TimeoutInMillis: 5000,
    });
    for (const method of ['GET', 'POST']) {
      template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey: `${method} /reports/{proxy+}`,
        AuthorizationType: 'CUSTOM',
        AuthorizerId: Match.anyValue(),
      });
    }
  });

  it('has callers of the named operation alone sign, without the authorizer, and tells the function', () => {
    template.resourcePropertiesCountIs('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM' }, 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'GET /users',
      AuthorizationType: 'AWS_IAM',
      AuthorizerId: Match.absent(),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IAM_ROUTES: 'listUsers' }) },
    });
    plain.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IAM_ROUTES: Match.absent() }) },
    });
  });

  it('has no authorizer where every caller signs', () => {
    const environment = devEnvironment({
      fronts: ['http'],
      iamRoutes: ['createUser', 'listUsers', 'getUser'],
    });
    const signed = synthesise('UsersApi', { environment });

    signed.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 0);
    signed.resourcePropertiesCountIs('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM' }, 3);
  });

  it('takes simple answers where the environment says so, and tells the authorizer to give them', () => {
    const environment = devEnvironment({ fronts: ['http'], authorizer: { simpleResponses: true } });

    synthesise('UsersApi', { environment }).hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      EnableSimpleResponses: true,
    });
    synthesise('Authorizer', { environment }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          AUTH_CONFIG: {
            'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('"simpleResponses":true')])],
          },
        }),
      },
    });
  });
});
