import {
  CfnApi,
  type CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  type CfnRouteProps,
  CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { acknowledge } from '../../acknowledgements.ts';
import { CORS_ALLOWED_HEADERS, CORS_EXPOSED_HEADERS } from '../../contract/cors-headers.ts';
import { type Operation, type RoutedOperation, routedOperations } from '../../contract/operation.ts';
import type { Environment } from '../../environments/environment.ts';
import { accessLogGroup, HTTP_API_LOG_FORMAT } from '../access-log.ts';
import { ApiDomain } from '../api-domain.ts';
import { type ApiFrontProps, integrationTimeoutMs, permitApi } from '../api-front.ts';
import { addHttpAuthorizer } from './http-authorizer.ts';

/** The largest integration timeout of an HTTP API, in milliseconds. */
const MAX_INTEGRATION_TIMEOUT_MS = 30_000;

type Authorization = Pick<CfnRouteProps, 'authorizationType' | 'authorizerId'>;

/**
 * The contract behind an HTTP API: a route per operation, payload 2.0, one authorizer whose cached answer is right
 * for every route, CORS answered by the API, and the `$default` stage with its limits and access log.
 */
export class UsersHttpApi extends Construct {
  readonly apiId: string;
  /** The address that callers use, without a trailing slash. */
  readonly url: string;
  readonly #props: ApiFrontProps;
  #authorizer: CfnAuthorizer | undefined;

  constructor(scope: Construct, id: string, props: ApiFrontProps) {
    super(scope, id);
    this.#props = props;
    const { environment } = props;
    const operations = routedOperations(props.operations, environment.iamRoutes);
    const domain = environment.domains?.http;
    const api = new CfnApi(this, 'Api', {
      name: `gatehouse-${environment.name}`,
      protocolType: 'HTTP',
      corsConfiguration: corsConfiguration(environment, operations),
      // With a name of one's own, the generated one would be a second way in.
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.apiId = api.ref;
    const routes = [...this.#operationRoutes(operations), ...this.#backendRoutes(environment)];
    const stage = this.#stage(environment, operations);
    for (const route of routes) {
      if (route.authorizationType === 'NONE') acknowledge(route, 'AwsSolutions-APIG4');
    }
    // Route settings name routes, which have to be there first.
    for (const route of routes) stage.addResourceDependency(route);
    permitApi(this, 'InvokeFunction', {
      functionArn: props.functionArn,
      apiId: api.ref,
      resource: '*/*',
    });
    this.url =
      domain === undefined
        ? api.attrApiEndpoint
        : new ApiDomain(this, 'Domain', { domain, apiId: api.ref, stageName: stage.ref, stage }).url;
  }

  #operationRoutes(operations: readonly RoutedOperation[]): readonly CfnRoute[] {
    const { environment, functionArn } = this.#props;
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: this.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: integrationTimeoutMs(environment, MAX_INTEGRATION_TIMEOUT_MS),
    });
    return operations.map(
      (operation) =>
        new CfnRoute(this, `Route-${operation.id}`, {
          apiId: this.apiId,
          routeKey: routeKey(operation),
          target: `integrations/${integration.ref}`,
          ...this.#authorization(operation.caller),
        }),
    );
  }

  #backendRoutes({ backends = [] }: Environment): readonly CfnRoute[] {
    return backends.flatMap(({ name, path, methods, url, access, timeoutMs }) => {
      const integration = new CfnIntegration(this, `Backend-${name}`, {
        apiId: this.apiId,
        integrationType: 'HTTP_PROXY',
        integrationMethod: 'ANY',
        integrationUri: url,
        payloadFormatVersion: '1.0',
        timeoutInMillis: timeoutMs,
      });
      return methods.map(
        (method) =>
          new CfnRoute(this, `Route-${name}-${method}`, {
            apiId: this.apiId,
            routeKey: `${method} ${path}`,
            target: `integrations/${integration.ref}`,
            ...this.#authorization(access === 'public' ? 'anyone' : 'authorizer'),
          }),
      );
    });
  }

  #authorization(caller: RoutedOperation['caller']): Authorization {
    switch (caller) {
      case 'anyone':
        return { authorizationType: 'NONE' };
      case 'authorizer':
        // Made with the first route that asks it: an API whose callers all sign has none.
        this.#authorizer ??= addHttpAuthorizer(this, this.apiId, this.#props);
        return { authorizationType: 'CUSTOM', authorizerId: this.#authorizer.ref };
      case 'iam':
        return { authorizationType: 'AWS_IAM' };
    }
  }

  #stage(environment: Environment, operations: readonly Operation[]): CfnStage {
    return new CfnStage(this, 'Stage', {
      apiId: this.apiId,
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
      routeSettings: Object.fromEntries(
        operations.flatMap((operation) =>
          operation.throttle === undefined
            ? []
            : [
                [
                  routeKey(operation),
                  {
                    DetailedMetricsEnabled: true,
                    ThrottlingRateLimit: operation.throttle.ratePerSecond,
                    ThrottlingBurstLimit: operation.throttle.burst,
                  },
                ],
              ],
        ),
      ),
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
