import type { JsonObject } from '../assembly/json.ts';
import { modelOf } from './testing/model-of.ts';

const resource = (type: string, properties: JsonObject): JsonObject => ({
  Type: type,
  Properties: properties,
});

it('reads a JWT authorizer and the scopes of its routes', () => {
  const { httpApis, unsupported } = modelOf({
    Api: resource('AWS::ApiGatewayV2::Api', { Name: 'users', ProtocolType: 'HTTP' }),
    Auth: resource('AWS::ApiGatewayV2::Authorizer', {
      ApiId: { Ref: 'Api' },
      AuthorizerType: 'JWT',
      Name: 'jwt',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['api'], Issuer: 'https://issuer.example' },
    }),
    Backend: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'https://backend.example/',
    }),
    Get: resource('AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /a',
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'Auth' },
      AuthorizationScopes: ['users:read'],
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Backend' }]] },
    }),
  });
  const [api] = httpApis;
  expect(api!.jwtAuthorizers).toMatchObject([
    {
      name: 'jwt',
      issuer: 'https://issuer.example',
      audience: ['api'],
      identitySources: ['$request.header.Authorization'],
    },
  ]);
  expect(api!.routes[0]!.authorization).toEqual({
    kind: 'JWT',
    authorizerId: api!.jwtAuthorizers![0]!.id,
    scopes: ['users:read'],
  });
  expect([api!.authorizers, unsupported]).toEqual([[], []]);
});
