import type {
  FunctionUrlModel,
  HttpApiModel,
  HttpRouteModel,
  RestApiModel,
  RestMethodModel,
} from '../../model/app-model.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:handler';
export const AUTHORIZER_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:authorizer';

const ORIGIN = { stack: 'Test', logicalId: 'Api' };

/** `GET /a` -> a method with a Lambda proxy integration. */
export function restMethod(key: string, parts: Partial<RestMethodModel> = {}): RestMethodModel {
  const [httpMethod = 'ANY', path = '/'] = key.split(' ');
  return {
    resourceId: `res${key.length}`,
    path,
    httpMethod,
    authorization: { kind: 'NONE' },
    apiKeyRequired: false,
    integration: { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, timeoutMs: 29_000 },
    ...parts,
  };
}

export function restApi(parts: Partial<RestApiModel> = {}): RestApiModel {
  return {
    ...ORIGIN,
    id: 'abcdef1234',
    name: 'test-rest',
    stages: [{ name: 'test', variables: {} }],
    methods: [restMethod('ANY /'), restMethod('ANY /{proxy+}')],
    authorizers: [],
    gatewayResponses: [],
    binaryMediaTypes: [],
    ...parts,
  };
}

/** A route with a Lambda proxy integration in payload format 2.0. */
export function httpRoute(routeKey: string, parts: Partial<HttpRouteModel> = {}): HttpRouteModel {
  return {
    routeKey,
    authorization: { kind: 'NONE' },
    integration: { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, payloadVersion: '2.0', timeoutMs: 30_000 },
    ...parts,
  };
}

export function httpRouteV1(routeKey: string): HttpRouteModel {
  return httpRoute(routeKey, {
    integration: { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, payloadVersion: '1.0', timeoutMs: 30_000 },
  });
}

export function httpApi(parts: Partial<HttpApiModel> = {}): HttpApiModel {
  return {
    ...ORIGIN,
    id: 'abcdef1234',
    name: 'test-http',
    stages: [{ name: '$default', variables: {} }],
    routes: [httpRoute('$default')],
    authorizers: [],
    ...parts,
  };
}

export function functionUrl(parts: Partial<FunctionUrlModel> = {}): FunctionUrlModel {
  return {
    ...ORIGIN,
    id: 'urlid12345',
    name: 'test-url',
    functionArn: FUNCTION_ARN,
    authType: 'NONE',
    invokeMode: 'BUFFERED',
    ...parts,
  };
}
