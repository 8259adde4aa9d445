import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CORS_ALLOWED_HEADERS, CORS_EXPOSED_HEADERS } from '../contract/cors-headers.ts';
import { type Operation, publicOperations } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import { accessLogGroup, HTTP_API_LOG_FORMAT } from './access-log.ts';

export interface UsersHttpApiProps {
  readonly environment: Environment;
  readonly operations: readonly Operation[];
  readonly function: IFunction;
  readonly authorizerArn: string;
}

/** The largest integration timeout of an HTTP API, in milliseconds. */
const MAX_INTEGRATION_TIMEOUT_MS = 30_000;

/**
 * The contract behind an HTTP API: a route per public operation, payload 2.0, one authorizer whose cached answer
 * is right for every route, CORS answered by the API, and the `$default` stage with its limits and access log.
 */
export class UsersHttpApi extends Construct {
  readonly apiId: string;
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: UsersHttpApiProps) {
    super(scope, id);
    const { environment } = props;
    const operations = publicOperations(props.operations);
    const api = new CfnApi(this, 'Api', {
      name: `gatehouse-${environment.name}`,
      protocolType: 'HTTP',
      corsConfiguration: corsConfiguration(environment, operations),
    });
    this.apiId = api.ref;
    this.url = api.attrApiEndpoint;

    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: props.function.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: Math.min(
        environment.functions.usersApi.timeoutSeconds * 1000,
        MAX_INTEGRATION_TIMEOUT_MS,
      ),
    });
    const authorizer = this.#authorizer(api.ref, props);
    const routes = operations.map(
      (operation) =>
        new CfnRoute(this, `Route-${operation.id}`, {
          apiId: api.ref,
          routeKey: routeKey(operation),
          target: `integrations/${integration.ref}`,
          ...(operation.access.kind === 'public'
            ? { authorizationType: 'NONE' }
            : { authorizationType: 'CUSTOM', authorizerId: authorizer.ref }),
        }),
    );
    const stage = this.#stage(api.ref, environment, operations);
    // Route settings name routes, which have to be there first.
    for (const route of routes) stage.addResourceDependency(route);

    new CfnPermission(this, 'InvokeFunction', {
      functionName: props.function.functionArn,
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.#arn(api.ref, '*/*'),
    });
  }

  #authorizer(apiId: string, { environment, authorizerArn }: UsersHttpApiProps): CfnAuthorizer {
    const { partition, region } = Stack.of(this);
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId,
      name: 'token',
      authorizerType: 'REQUEST',
      authorizerUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${authorizerArn}/invocations`,
      authorizerPayloadFormatVersion: '2.0',
      // A policy, as for the REST API: the simple form cannot tell 401 from 403.
      enableSimpleResponses: false,
      identitySource: ['$request.header.Authorization'],
      authorizerResultTtlInSeconds: environment.authorizer.ttlSeconds,
    });
    new CfnPermission(this, 'InvokeAuthorizer', {
      functionName: authorizerArn,
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.#arn(apiId, `authorizers/${authorizer.ref}`),
    });
    return authorizer;
  }

  #stage(apiId: string, environment: Environment, operations: readonly Operation[]): CfnStage {
    const limited = operations.filter(({ throttle }) => throttle !== undefined);
    return new CfnStage(this, 'Stage', {
      apiId,
      stageName: '$default',
      autoDeploy: true,
      stageVariables: { environment: environment.name },
      accessLogSettings: {
        destinationArn: accessLogGroup(this, environment, 'http').logGroupArn,
        format: HTTP_API_LOG_FORMAT,
      },
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: environment.throttle.ratePerSecond,
        throttlingBurstLimit: environment.throttle.burst,
      },
      ...(limited.length > 0 && {
        routeSettings: Object.fromEntries(
          limited.map((operation) => [
            routeKey(operation),
            {
              DetailedMetricsEnabled: true,
              ThrottlingRateLimit: operation.throttle?.ratePerSecond,
              ThrottlingBurstLimit: operation.throttle?.burst,
            },
          ]),
        ),
      }),
    });
  }

  #arn(apiId: string, resourceName: string): string {
    return Stack.of(this).formatArn({
      service: 'execute-api',
      resource: apiId,
      resourceName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}

function routeKey({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function corsConfiguration({ cors }: Environment, operations: readonly Operation[]): CfnApi.CorsProperty {
  return {
    allowOrigins: [...cors.origins],
    allowMethods: [...new Set(operations.map(({ method }) => method))].sort(),
    allowHeaders: CORS_ALLOWED_HEADERS,
    exposeHeaders: CORS_EXPOSED_HEADERS,
    allowCredentials: cors.credentials,
    maxAge: cors.maxAgeSeconds,
  };
}
