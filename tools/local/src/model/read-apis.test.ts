import type { JsonObject } from '../assembly/json.ts';
import { codeOf } from '../assembly/testing/in-memory-assembly.ts';
import { inlineFunction, inlineFunctionArn, modelOf } from './testing/model-of.ts';

const resource = (type: string, properties: JsonObject): JsonObject => ({
  Type: type,
  Properties: properties,
});
const invocation: JsonObject = {
  'Fn::Join': [
    '',
    [
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/',
      { 'Fn::GetAtt': ['Fn', 'Arn'] },
      '/invocations',
    ],
  ],
};

describe('a REST API', () => {
  const api: JsonObject = {
    Fn: inlineFunction,
    Api: resource('AWS::ApiGateway::RestApi', {
      Name: 'users',
      BinaryMediaTypes: ['image/png'],
      MinimumCompressionSize: 0,
    }),
    Users: resource('AWS::ApiGateway::Resource', {
      RestApiId: { Ref: 'Api' },
      ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      PathPart: 'users',
    }),
    User: resource('AWS::ApiGateway::Resource', {
      RestApiId: { Ref: 'Api' },
      ParentId: { Ref: 'Users' },
      PathPart: '{id}',
    }),
    Stage: resource('AWS::ApiGateway::Stage', {
      RestApiId: { Ref: 'Api' },
      StageName: 'dev',
      Variables: { a: 'b' },
      AccessLogSetting: { DestinationArn: 'x', Format: '$context.requestId' },
    }),
  };
  const method = (properties: JsonObject): JsonObject =>
    resource('AWS::ApiGateway::Method', {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: 'User' },
      HttpMethod: 'GET',
      Integration: { Type: 'AWS_PROXY', Uri: invocation },
      ...properties,
    });

  it('has its stages, and methods with full paths', () => {
    const { restApis } = modelOf({
      ...api,
      Get: method({}),
      Root: method({
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'any',
        AuthorizationType: 'AWS_IAM',
        ApiKeyRequired: true,
      }),
    });
    expect(restApis).toMatchObject([
      {
        name: 'users',
        binaryMediaTypes: ['image/png'],
        minimumCompressionSize: 0,
        stages: [{ name: 'dev', variables: { a: 'b' }, accessLogFormat: '$context.requestId' }],
        methods: [
          {
            path: '/users/{id}',
            httpMethod: 'GET',
            authorization: { kind: 'NONE' },
            apiKeyRequired: false,
            integration: { type: 'AWS_PROXY', functionArn: inlineFunctionArn, timeoutMs: 29_000 },
          },
          { path: '/', httpMethod: 'ANY', authorization: { kind: 'AWS_IAM' }, apiKeyRequired: true },
        ],
      },
    ]);
  });

  it('has mock integrations with literal headers; others are listed', () => {
    const { restApis, unsupported } = modelOf({
      ...api,
      Options: method({
        HttpMethod: 'OPTIONS',
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode": 204}' },
          IntegrationResponses: [
            {
              StatusCode: '204',
              SelectionPattern: '2..',
              ResponseParameters: {
                'method.response.header.Vary': "'Origin'",
                'method.response.header.X': 'integration.response.header.X',
              },
            },
          ],
        },
      }),
    });
    expect(restApis[0]!.methods[0]!.integration).toEqual({
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: [{ statusCode: 204, selectionPattern: '2..', headers: { Vary: 'Origin' }, templates: {} }],
    });
    expect(unsupported).toMatchObject([{ logicalId: 'Options', reason: 'only literal headers are set' }]);
  });

  it('has authorizers with their identity sources', () => {
    const authorizer = (properties: JsonObject): JsonObject =>
      resource('AWS::ApiGateway::Authorizer', {
        RestApiId: { Ref: 'Api' },
        AuthorizerUri: invocation,
        ...properties,
      });
    const { restApis } = modelOf({
      ...api,
      Token: authorizer({
        Name: 't',
        Type: 'TOKEN',
        IdentitySource: 'method.request.header.Authorization',
        IdentityValidationExpression: '^B',
      }),
      Request: authorizer({
        Name: 'r',
        Type: 'REQUEST',
        AuthorizerResultTtlInSeconds: 0,
        IdentitySource: 'context.identity.sourceIp, method.request.header.K',
      }),
      Get: method({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Token' } }),
    });
    const [{ authorizers, methods }] = restApis as [(typeof restApis)[number]];
    expect(authorizers).toMatchObject([
      { type: 'TOKEN', ttlSeconds: 300, identityValidationExpression: '^B', functionArn: inlineFunctionArn },
      {
        type: 'REQUEST',
        ttlSeconds: 0,
        identitySources: ['context.identity.sourceIp', 'method.request.header.K'],
      },
    ]);
    expect(methods[0]!.authorization).toEqual({ kind: 'CUSTOM', authorizerId: authorizers[0]!.id });
  });

  it('has gateway responses', () => {
    const { restApis } = modelOf({
      ...api,
      R: resource('AWS::ApiGateway::GatewayResponse', {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'UNAUTHORIZED',
        StatusCode: '401',
        ResponseParameters: { 'gatewayresponse.header.X': "'y'" },
        ResponseTemplates: { 'application/json': '{}' },
      }),
    });
    expect(restApis[0]!.gatewayResponses).toEqual([
      {
        responseType: 'UNAUTHORIZED',
        statusCode: 401,
        headers: { X: "'y'" },
        templates: { 'application/json': '{}' },
      },
    ]);
  });

  it('has what its request validators check, and its models', () => {
    const { restApis } = modelOf({
      ...api,
      User1: resource('AWS::ApiGateway::Model', {
        RestApiId: { Ref: 'Api' },
        Name: 'NewUser',
        Schema: { type: 'object' },
      }),
      Text: resource('AWS::ApiGateway::Model', {
        RestApiId: { Ref: 'Api' },
        Name: 'Text',
        Schema: '{"type":"string"}',
      }),
      Params: resource('AWS::ApiGateway::RequestValidator', {
        RestApiId: { Ref: 'Api' },
        ValidateRequestParameters: true,
      }),
      Body: resource('AWS::ApiGateway::RequestValidator', {
        RestApiId: { Ref: 'Api' },
        ValidateRequestBody: true,
      }),
      Get: method({
        RequestValidatorId: { Ref: 'Params' },
        RequestParameters: { 'method.request.querystring.page': true, 'method.request.header.x': false },
        RequestModels: { 'application/json': { Ref: 'User1' } },
      }),
      Post: method({
        RequestValidatorId: { Ref: 'Body' },
        RequestParameters: { 'method.request.querystring.page': true },
        RequestModels: { 'application/json': { Ref: 'User1' } },
      }),
      Free: method({ RequestParameters: { 'method.request.querystring.page': true } }),
    });
    expect(restApis[0]!.models).toEqual({ NewUser: { type: 'object' }, Text: { type: 'string' } });
    expect(restApis[0]!.methods.map(({ validation }) => validation)).toEqual([
      { requiredParameters: ['method.request.querystring.page'], bodyModels: {} },
      { requiredParameters: [], bodyModels: { 'application/json': 'NewUser' } },
      undefined,
    ]);
  });

  it('has the keys that a usage plan lets onto its stages', () => {
    const { restApis } = modelOf({
      ...api,
      Given: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: 'a-key-of-twenty-letters' }),
      Made: resource('AWS::ApiGateway::ApiKey', {}),
      Apart: resource('AWS::ApiGateway::ApiKey', { Enabled: true }),
      Plan: resource('AWS::ApiGateway::UsagePlan', {
        ApiStages: [
          { ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } },
          { ApiId: 'other', Stage: 'x' },
        ],
      }),
      GivenInPlan: resource('AWS::ApiGateway::UsagePlanKey', {
        KeyId: { Ref: 'Given' },
        KeyType: 'API_KEY',
        UsagePlanId: { Ref: 'Plan' },
      }),
      MadeInPlan: resource('AWS::ApiGateway::UsagePlanKey', {
        KeyId: { Ref: 'Made' },
        KeyType: 'API_KEY',
        UsagePlanId: { Ref: 'Plan' },
      }),
    });
    expect(restApis[0]!.apiKeys).toEqual([
      { id: expect.any(String), value: 'a-key-of-twenty-letters', enabled: true, stageNames: ['dev'] },
      {
        id: expect.any(String),
        value: expect.stringMatching(/^[a-z0-9]{40}$/),
        enabled: false,
        stageNames: ['dev'],
      },
    ]);
  });

  it.each([
    [
      'an authorization that is not carried out',
      { AuthorizationType: 'COGNITO_USER_POOLS' },
      'AuthorizationType',
    ],
    [
      'an integration that is not carried out',
      { Integration: { Type: 'AWS', Uri: 'arn:aws:apigateway:eu-west-1:s3:path/bucket' } },
      'Integration.Type',
    ],
    [
      'a function that a stage variable names',
      {
        Integration: {
          Type: 'AWS_PROXY',
          Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${stageVariables.fn}/invocations',
        },
      },
      'Integration.Type',
    ],
  ])('is closed where a method has %s, and lists it', (_name, properties, property) => {
    const { restApis, unsupported } = modelOf({ ...api, Get: method(properties) });
    expect(restApis[0]!.methods[0]!.integration.type).toBe('UNSUPPORTED');
    expect(unsupported).toMatchObject([{ logicalId: 'Get', property }]);
  });

  it('whose method hangs on no resource stops the start', () => {
    expect(codeOf(() => modelOf({ ...api, Get: method({ ResourceId: 'nobody' }) }))).toBe('MODEL_INVALID');
  });
});

describe('an HTTP API', () => {
  const api: JsonObject = {
    Fn: inlineFunction,
    Api: resource('AWS::ApiGatewayV2::Api', {
      Name: 'users',
      ProtocolType: 'HTTP',
      CorsConfiguration: { AllowOrigins: ['https://a'], MaxAge: 60 },
    }),
    Stage: resource('AWS::ApiGatewayV2::Stage', {
      ApiId: { Ref: 'Api' },
      StageName: '$default',
      AutoDeploy: true,
    }),
    Integration: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Fn', 'Arn'] },
      PayloadFormatVersion: '1.0',
    }),
  };
  const route = (properties: JsonObject): JsonObject =>
    resource('AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /users/{id}',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      ...properties,
    });
  const authorizer = (properties: JsonObject): JsonObject =>
    resource('AWS::ApiGatewayV2::Authorizer', {
      ApiId: { Ref: 'Api' },
      Name: 'a',
      AuthorizerUri: invocation,
      ...properties,
    });

  it('has routes, stages, authorizers and CORS', () => {
    const { httpApis } = modelOf({
      ...api,
      Auth: authorizer({
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        IdentitySource: ['$request.header.Authorization'],
        AuthorizerResultTtlInSeconds: 5,
      }),
      Get: route({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Auth' } }),
    });
    const [{ authorizers, routes, stages, cors }] = httpApis as [(typeof httpApis)[number]];
    expect(stages).toEqual([{ name: '$default', variables: {} }]);
    expect(cors).toEqual({
      allowOrigins: ['https://a'],
      allowMethods: [],
      allowHeaders: [],
      exposeHeaders: [],
      maxAgeSeconds: 60,
      allowCredentials: false,
    });
    expect(authorizers).toMatchObject([{ payloadVersion: '2.0', simpleResponses: true, ttlSeconds: 5 }]);
    expect(routes).toEqual([
      {
        routeKey: 'GET /users/{id}',
        authorization: { kind: 'CUSTOM', authorizerId: authorizers[0]!.id },
        integration: {
          type: 'AWS_PROXY',
          functionArn: inlineFunctionArn,
          payloadVersion: '1.0',
          timeoutMs: 30_000,
        },
      },
    ]);
  });

  it('made in one step has a default stage and route', () => {
    const { httpApis } = modelOf({
      Fn: inlineFunction,
      Api: resource('AWS::ApiGatewayV2::Api', {
        Name: 'q',
        ProtocolType: 'HTTP',
        Target: { 'Fn::GetAtt': ['Fn', 'Arn'] },
      }),
    });
    expect(httpApis[0]).toMatchObject({
      stages: [{ name: '$default' }],
      routes: [{ routeKey: '$default', integration: { functionArn: inlineFunctionArn } }],
    });
  });

  it.each<readonly [string, JsonObject, JsonObject]>([
    [
      'a JWT authorizer',
      { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Auth' } },
      { Auth: authorizer({ AuthorizerType: 'JWT' }) },
    ],
    ['no integration', { Target: 'integrations/none' }, {}],
  ])('is closed where a route has %s, and lists it', (_name, properties, more) => {
    const { httpApis, unsupported } = modelOf({ ...api, ...more, Get: route(properties) });
    expect(httpApis[0]!.routes[0]!.integration.type).toBe('UNSUPPORTED');
    expect(unsupported).toContainEqual(expect.objectContaining({ logicalId: 'Get' }));
  });

  it('of WebSockets is listed and left out', () => {
    const { httpApis, unsupported } = modelOf({
      Api: resource('AWS::ApiGatewayV2::Api', { Name: 'ws', ProtocolType: 'WEBSOCKET' }),
    });
    expect(httpApis).toEqual([]);
    expect(unsupported).toMatchObject([{ property: 'ProtocolType' }]);
  });
});
