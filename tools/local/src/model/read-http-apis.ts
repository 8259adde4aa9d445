import type {
  HttpApiModel,
  HttpAuthorizerModel,
  HttpCorsModel,
  HttpRouteModel,
  StageModel,
} from './app-model.ts';
import { functionArnOfUri } from './function-arn.ts';
import type { Properties } from './properties.ts';
import { readJwtAuthorizer } from './read-jwt-authorizer.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';
import type { UnsupportedList } from './unsupported-list.ts';

const defaultTimeoutMs = 30_000;

/** The HTTP APIs. WebSocket APIs are listed as unsupported. */
export function readHttpApis(resources: ResourceSet, unsupported: UnsupportedList): HttpApiModel[] {
  return resources.ofType('AWS::ApiGatewayV2::Api').flatMap((api) => {
    const { properties } = api;
    if (properties.text('ProtocolType') === 'WEBSOCKET') {
      unsupported.add(api, 'ProtocolType', 'WebSocket APIs are not served');
      return [];
    }
    const partsOf = (type: string): readonly ModelResource[] =>
      resources.ofType(type).filter((part) => part.properties.text('ApiId') === api.id);
    const integrations = new Map(partsOf('AWS::ApiGatewayV2::Integration').map((part) => [part.id, part]));
    const quick = quickCreate(properties);
    const declaredAuthorizers = partsOf('AWS::ApiGatewayV2::Authorizer');
    const jwtAuthorizers = declaredAuthorizers.flatMap(readJwtAuthorizer);
    const jwtAuthorizerIds = new Set(jwtAuthorizers.map(({ id }) => id));
    const cors = readCors(properties.object('CorsConfiguration'));
    return [
      {
        ...originOf(api),
        id: api.id,
        name: properties.text('Name') ?? api.logicalId,
        stages: [...quick.stages, ...partsOf('AWS::ApiGatewayV2::Stage').map(readStage)],
        routes: [
          ...quick.routes,
          ...partsOf('AWS::ApiGatewayV2::Route').map((route) =>
            readRoute(route, { integrations, jwtAuthorizerIds, unsupported }),
          ),
        ],
        authorizers: declaredAuthorizers
          .filter(({ id }) => !jwtAuthorizerIds.has(id))
          .flatMap((part) => readAuthorizer(part, unsupported)),
        jwtAuthorizers,
        ...(cors === undefined ? {} : { cors }),
      },
    ];
  });
}

/** CORS as HTTP APIs and function URLs declare it, under the same names. */
export function readCors(cors: Properties | undefined): HttpCorsModel | undefined {
  if (cors === undefined) return undefined;
  const maxAgeSeconds = cors.number('MaxAge');
  return {
    allowOrigins: cors.texts('AllowOrigins'),
    allowMethods: cors.texts('AllowMethods'),
    allowHeaders: cors.texts('AllowHeaders'),
    exposeHeaders: cors.texts('ExposeHeaders'),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
    allowCredentials: cors.boolean('AllowCredentials') ?? false,
  };
}

/** `Target` makes a `$default` stage and one route by itself. */
function quickCreate(properties: Properties): Pick<HttpApiModel, 'stages' | 'routes'> {
  const target = properties.text('Target');
  const functionArn = target === undefined ? undefined : functionArnOfUri(target);
  if (functionArn === undefined) return { stages: [], routes: [] };
  return {
    stages: [{ name: '$default', variables: {} }],
    routes: [
      {
        routeKey: properties.text('RouteKey') ?? '$default',
        authorization: { kind: 'NONE' },
        integration: { type: 'AWS_PROXY', functionArn, payloadVersion: '2.0', timeoutMs: defaultTimeoutMs },
      },
    ],
  };
}

function readStage({ properties }: ModelResource): StageModel {
  const accessLogFormat = properties.object('AccessLogSettings')?.text('Format');
  return {
    name: properties.requiredText('StageName'),
    variables: properties.textMap('StageVariables'),
    ...(accessLogFormat === undefined ? {} : { accessLogFormat }),
  };
}

interface RouteContext {
  readonly integrations: ReadonlyMap<string, ModelResource>;
  readonly jwtAuthorizerIds: ReadonlySet<string>;
  readonly unsupported: UnsupportedList;
}

function readRoute(route: ModelResource, context: RouteContext): HttpRouteModel {
  const { properties } = route;
  const routeKey = properties.requiredText('RouteKey');
  const type = properties.text('AuthorizationType') ?? 'NONE';
  const integration = readIntegration(route, context);
  if (type === 'NONE' || type === 'AWS_IAM') return { routeKey, authorization: { kind: type }, integration };
  if (type === 'CUSTOM') {
    const authorizerId = properties.requiredText('AuthorizerId');
    return { routeKey, authorization: { kind: type, authorizerId }, integration };
  }
  if (type === 'JWT') {
    const authorizerId = properties.requiredText('AuthorizerId');
    const scopes = properties.texts('AuthorizationScopes');
    if (context.jwtAuthorizerIds.has(authorizerId)) {
      return { routeKey, authorization: { kind: type, authorizerId, scopes }, integration };
    }
  }
  context.unsupported.add(
    route,
    'AuthorizationType',
    `${type} is not carried out; the route answers with an error`,
  );
  // A route whose authorization the host cannot carry out must not be open: nothing answers behind it.
  return {
    routeKey,
    authorization: { kind: 'NONE' },
    integration: { type: 'UNSUPPORTED', declaredType: `authorization ${type}` },
  };
}

function readIntegration(
  route: ModelResource,
  { integrations, unsupported }: RouteContext,
): HttpRouteModel['integration'] {
  const id = (route.properties.text('Target') ?? '').replace(/^integrations\//, '');
  const integration = integrations.get(id);
  if (integration === undefined) {
    unsupported.add(route, 'Target', 'it names no integration of the API; the route answers with an error');
    return { type: 'UNSUPPORTED', declaredType: 'none' };
  }
  const { properties } = integration;
  const declaredType = properties.requiredText('IntegrationType');
  const uri = properties.text('IntegrationUri') ?? '';
  if (declaredType === 'HTTP_PROXY' && /^https?:/.test(uri)) {
    return {
      type: declaredType,
      uri,
      httpMethod: properties.text('IntegrationMethod') ?? 'ANY',
      timeoutMs: properties.number('TimeoutInMillis') ?? defaultTimeoutMs,
      requestParameters: properties.textMap('RequestParameters'),
    };
  }
  const functionArn = functionArnOfUri(uri);
  if (declaredType !== 'AWS_PROXY' || functionArn === undefined) {
    const reason =
      declaredType === 'AWS_PROXY'
        ? 'the URI names no function'
        : `${declaredType} integrations are not carried out`;
    unsupported.add(integration, 'IntegrationType', `${reason}; its routes answer with an error`);
    return { type: 'UNSUPPORTED', declaredType };
  }
  if (properties.json('RequestParameters') !== undefined) {
    unsupported.add(integration, 'RequestParameters', 'requests to a function are not mapped');
  }
  return {
    type: 'AWS_PROXY',
    functionArn,
    payloadVersion: properties.text('PayloadFormatVersion') === '1.0' ? '1.0' : '2.0',
    timeoutMs: properties.number('TimeoutInMillis') ?? defaultTimeoutMs,
  };
}

function readAuthorizer(resource: ModelResource, unsupported: UnsupportedList): HttpAuthorizerModel[] {
  const { properties } = resource;
  const type = properties.requiredText('AuthorizerType');
  const functionArn = functionArnOfUri(properties.text('AuthorizerUri') ?? '');
  if (type !== 'REQUEST' || functionArn === undefined) {
    const reason =
      type === 'REQUEST'
        ? 'the URI names no function'
        : `${type} authorizers are not run; their routes are refused`;
    unsupported.add(resource, type === 'REQUEST' ? 'AuthorizerUri' : 'AuthorizerType', reason);
    return [];
  }
  return [
    {
      id: resource.id,
      name: properties.text('Name') ?? resource.logicalId,
      functionArn,
      payloadVersion: properties.text('AuthorizerPayloadFormatVersion') === '1.0' ? '1.0' : '2.0',
      simpleResponses: properties.boolean('EnableSimpleResponses') ?? false,
      identitySources: properties.texts('IdentitySource'),
      ttlSeconds: properties.number('AuthorizerResultTtlInSeconds') ?? 0,
    },
  ];
}
