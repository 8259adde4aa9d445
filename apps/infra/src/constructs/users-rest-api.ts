import { Duration } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  Cors,
  EndpointType,
  IdentitySource,
  LambdaIntegration,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  type IResource,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { Function as LambdaFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CORS_ALLOWED_HEADERS, CORS_EXPOSED_HEADERS } from '../contract/cors-headers.ts';
import { type Operation, publicOperations } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import { accessLogGroup, REST_API_LOG_FORMAT } from './access-log.ts';
import { addGatewayResponses } from './gateway-responses.ts';

export interface UsersRestApiProps {
  readonly environment: Environment;
  readonly operations: readonly Operation[];
  readonly function: IFunction;
  readonly authorizerArn: string;
}

/** The largest integration timeout of a REST API without a raised quota, in milliseconds. */
const MAX_INTEGRATION_TIMEOUT_MS = 29_000;

/** The one stage; a part of the API's own URLs. */
export const REST_STAGE = 'v1';

/** What a token authorizer is asked about; anything else is 401 without a call (RFC 6750 2.1). */
const BEARER = '^[Bb]earer [-0-9A-Za-z._~+/]+=*$';

/**
 * The contract behind a REST API: a method per public operation, one TOKEN authorizer whose cached answer is
 * right for every method, preflights answered by the API, and errors of the API itself as problem details.
 */
export class UsersRestApi extends Construct {
  readonly apiId: string;
  /** With the stage, without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: UsersRestApiProps) {
    super(scope, id);
    const { environment } = props;
    const operations = publicOperations(props.operations);
    const api = new RestApi(this, 'Api', {
      restApiName: `gatehouse-${environment.name}`,
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: REST_STAGE,
        variables: { environment: environment.name },
        tracingEnabled: environment.tracing,
        metricsEnabled: true,
        throttlingRateLimit: environment.throttle.ratePerSecond,
        throttlingBurstLimit: environment.throttle.burst,
        accessLogDestination: new LogGroupLogDestination(accessLogGroup(this, environment, 'rest')),
        accessLogFormat: AccessLogFormat.custom(REST_API_LOG_FORMAT),
        methodOptions: methodOptions(operations),
      },
    });
    this.apiId = api.restApiId;
    this.url = `https://${api.restApiId}.execute-api.${api.env.region}.${api.stack.urlSuffix}/${REST_STAGE}`;

    const authorizer = new TokenAuthorizer(this, 'Authorizer', {
      authorizerName: 'token',
      handler: LambdaFunction.fromFunctionAttributes(this, 'AuthorizerFunction', {
        functionArn: props.authorizerArn,
        sameEnvironment: true,
      }),
      identitySource: IdentitySource.header('Authorization'),
      validationRegex: BEARER,
      resultsCacheTtl: Duration.seconds(environment.authorizer.ttlSeconds),
    });
    const integration = new LambdaIntegration(props.function, {
      timeout: Duration.millis(
        Math.min(environment.functions.usersApi.timeoutSeconds * 1000, MAX_INTEGRATION_TIMEOUT_MS),
      ),
      // One permission for the API, not one a method: a function's policy holds 20 KB.
      scopePermissionToMethod: false,
    });
    for (const [path, methods] of byPath(operations)) {
      const resource = api.root.resourceForPath(path);
      for (const { method, access } of methods) {
        resource.addMethod(
          method,
          integration,
          access.kind === 'public'
            ? { authorizationType: AuthorizationType.NONE }
            : { authorizationType: AuthorizationType.CUSTOM, authorizer },
        );
      }
      addPreflight(resource, environment, methods);
    }
    addGatewayResponses(api, environment);
  }
}

function byPath(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const paths = new Map<string, Operation[]>();
  for (const operation of operations) {
    paths.set(operation.path, [...(paths.get(operation.path) ?? []), operation]);
  }
  return paths;
}

function methodOptions(operations: readonly Operation[]): Record<string, MethodDeploymentOptions> {
  return Object.fromEntries(
    operations.flatMap(({ method, path, throttle }) =>
      throttle === undefined
        ? []
        : [
            [
              `${path}/${method}`,
              { throttlingRateLimit: throttle.ratePerSecond, throttlingBurstLimit: throttle.burst },
            ],
          ],
    ),
  );
}

function addPreflight(resource: IResource, { cors }: Environment, operations: readonly Operation[]): void {
  resource.addCorsPreflight({
    allowOrigins: cors.origins.includes('*') ? Cors.ALL_ORIGINS : [...cors.origins],
    allowMethods: operations.map(({ method }) => method),
    allowHeaders: CORS_ALLOWED_HEADERS,
    exposeHeaders: CORS_EXPOSED_HEADERS,
    allowCredentials: cors.credentials,
    maxAge: Duration.seconds(cors.maxAgeSeconds),
    statusCode: 204,
  });
}
