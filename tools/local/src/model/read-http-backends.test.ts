import type { JsonObject } from '../assembly/json.ts';
import { inlineFunction, modelOf } from './testing/model-of.ts';

const resource = (type: string, properties: JsonObject): JsonObject => ({
  Type: type,
  Properties: properties,
});

it('passes a method of a REST API on to an HTTP backend', () => {
  const { restApis, unsupported } = modelOf({
    Api: resource('AWS::ApiGateway::RestApi', { Name: 'users' }),
    Get: resource('AWS::ApiGateway::Method', {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      HttpMethod: 'GET',
      Integration: {
        Type: 'HTTP_PROXY',
        Uri: 'https://backend.example/{id}',
        IntegrationHttpMethod: 'GET',
        RequestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      },
    }),
  });
  expect(restApis[0]!.methods[0]!.integration).toEqual({
    type: 'HTTP_PROXY',
    uri: 'https://backend.example/{id}',
    httpMethod: 'GET',
    timeoutMs: 29_000,
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
  });
  expect(unsupported).toEqual([]);
});

it('passes a route of an HTTP API on to an HTTP backend', () => {
  const { httpApis, unsupported } = modelOf({
    Api: resource('AWS::ApiGatewayV2::Api', { Name: 'users', ProtocolType: 'HTTP' }),
    Integration: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: 'https://backend.example/{proxy}',
      PayloadFormatVersion: '1.0',
      RequestParameters: { 'append:header.x': '$context.stage' },
    }),
    Any: resource('AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'Api' },
      RouteKey: 'ANY /{proxy+}',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
    }),
  });
  expect(httpApis[0]!.routes[0]!.integration).toEqual({
    type: 'HTTP_PROXY',
    uri: 'https://backend.example/{proxy}',
    httpMethod: 'ANY',
    timeoutMs: 30_000,
    requestParameters: { 'append:header.x': '$context.stage' },
  });
  expect(unsupported).toEqual([]);
});

it('closes a method whose backend is behind a VPC link, and lists it', () => {
  const { restApis, unsupported } = modelOf({
    Api: resource('AWS::ApiGateway::RestApi', { Name: 'users' }),
    Get: resource('AWS::ApiGateway::Method', {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      HttpMethod: 'GET',
      Integration: { Type: 'HTTP_PROXY', Uri: 'http://inner', ConnectionType: 'VPC_LINK', ConnectionId: 'l' },
    }),
  });
  expect(restApis[0]!.methods[0]!.integration).toEqual({ type: 'UNSUPPORTED', declaredType: 'HTTP_PROXY' });
  expect(unsupported.map(({ property }) => property)).toEqual([
    'Integration.Type',
    'Integration.ConnectionId',
  ]);
});

it('lists the mapping of requests to a function, which an HTTP API carries out and the host does not', () => {
  const { unsupported } = modelOf({
    Fn: inlineFunction,
    Api: resource('AWS::ApiGatewayV2::Api', { Name: 'users', ProtocolType: 'HTTP' }),
    Integration: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Fn', 'Arn'] },
      RequestParameters: { 'append:header.x': 'y' },
    }),
    Any: resource('AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'Api' },
      RouteKey: '$default',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
    }),
  });
  expect(unsupported).toMatchObject([{ logicalId: 'Integration', property: 'RequestParameters' }]);
});
