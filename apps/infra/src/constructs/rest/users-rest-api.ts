import { Duration, Size } from 'aws-cdk-lib';
import {
  ApiKeySourceType,
  AuthorizationType,
  type CfnMethod,
  EndpointType,
  type IAuthorizer,
  Integration,
  IntegrationType,
  type IntegrationOptions,
  type MethodOptions,
  RestApi,
  type RestApiProps,
} from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { acknowledge } from '../../acknowledgements.ts';
import {
  byPath,
  type Operation,
  pathParameters,
  type RoutedOperation,
  routedOperations,
} from '../../contract/operation.ts';
import type { Environment } from '../../environments/environment.ts';
import { accessLogGroup, executionLogGroup } from '../access-log.ts';
import { ApiDomain } from '../api-domain.ts';
import { type ApiFrontProps, integrationTimeoutMs, invocationUri, permitApi } from '../api-front.ts';
import { WebAcl } from '../web-acl.ts';
import { addBackends } from './backends.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { cacheKeyParameters } from './operation-cache.ts';
import { addPreflight } from './preflight.ts';
import { PrivateEndpoint } from './private-endpoint.ts';
import { RequestModels } from './request-models.ts';
import { addRestAuthorizer } from './rest-authorizer.ts';
import { REST_STAGE } from './rest-stage.ts';
import { stageOptions } from './stage-options.ts';
import { UsagePlans } from './usage-plans.ts';

/** The largest integration timeout of a REST API without a raised quota, in milliseconds. */
const MAX_INTEGRATION_TIMEOUT_MS = 29_000;

/**
 * The contract behind a REST API: a method per operation, one authorizer whose cached answer is right for every
 * method, preflights and errors answered by the API, and what the environment asks for of validation, cache, usage
 * plans, firewall, private endpoint and domain.
 */
export class UsersRestApi extends Construct {
  readonly apiId: string;
  /** The address that callers use, without a trailing slash. */
  readonly url: string;
  readonly #props: ApiFrontProps;
  #authorizer: IAuthorizer | undefined;

  constructor(scope: Construct, id: string, props: ApiFrontProps) {
    super(scope, id);
    this.#props = props;
    const { environment } = props;
    const operations = routedOperations(props.operations, environment.iamRoutes);
    const api = this.#api(operations);
    const stage = api.deploymentStage;
    // A stage that logs before its group is there makes the group by itself, and the stack fails with a name that is taken.
    stage.node.addDependency(executionLogGroup(this, environment, api.restApiId));
    this.apiId = api.restApiId;
    this.#methods(api, operations);
    addBackends(api, environment, () => this.#sharedAuthorizer());
    addGatewayResponses(api, environment);
    new UsagePlans(this, 'UsagePlans', { environment, apiId: api.restApiId, stageName: REST_STAGE, stage });
    permitApi(this, 'InvokeFunction', {
      functionArn: props.functionArn,
      apiId: api.restApiId,
      resource: '*/*',
    });
    if (environment.waf !== undefined) {
      const { arn } = new WebAcl(this, 'Firewall', {
        environment,
        label: 'rest-api',
        scope: 'REGIONAL',
        firewall: environment.waf,
      });
      new CfnWebACLAssociation(this, 'Protection', { webAclArn: arn, resourceArn: stage.stageArn });
    }
    this.#acknowledge(api);
    const domain = environment.domains?.rest;
    this.url =
      domain === undefined
        ? `https://${api.restApiId}.execute-api.${api.env.region}.${api.stack.urlSuffix}/${REST_STAGE}`
        : new ApiDomain(this, 'Domain', { domain, apiId: api.restApiId, stageName: REST_STAGE, stage }).url;
  }

  #api(operations: readonly Operation[]): RestApi {
    const { environment } = this.#props;
    const { binaryMediaTypes, compressionMinBytes, usagePlans } = environment;
    return new RestApi(this, 'Api', {
      restApiName: `gatehouse-${environment.name}`,
      // API Gateway's account-wide log role belongs to bootstrap.
      cloudWatchRole: false,
      // With a name of one's own, the generated one would be a second way in.
      disableExecuteApiEndpoint: environment.domains?.rest !== undefined,
      deployOptions: stageOptions(environment, operations, accessLogGroup(this, environment, 'rest')),
      ...this.#endpoint(environment),
      ...(binaryMediaTypes !== undefined && { binaryMediaTypes: [...binaryMediaTypes] }),
      ...(compressionMinBytes !== undefined && { minCompressionSize: Size.bytes(compressionMinBytes) }),
      ...(usagePlans?.keySource === 'authorizer' && { apiKeySourceType: ApiKeySourceType.AUTHORIZER }),
    });
  }

  #acknowledge(api: RestApi): void {
    acknowledge(api, 'AwsSolutions-APIG2');
    if (this.#props.environment.waf === undefined) acknowledge(api.deploymentStage, 'AwsSolutions-APIG3');
    for (const method of api.methods) {
      const { authorizationType } = method.node.defaultChild as CfnMethod;
      if (method.httpMethod !== 'OPTIONS') acknowledge(method, 'AwsSolutions-COG4');
      if (authorizationType === 'NONE') acknowledge(method, 'AwsSolutions-APIG4');
    }
  }

  #endpoint({ privateEndpoint }: Environment): Pick<RestApiProps, 'endpointConfiguration' | 'policy'> {
    if (privateEndpoint === undefined) {
      return { endpointConfiguration: { types: [EndpointType.REGIONAL] } };
    }
    const endpoint = new PrivateEndpoint(this, 'PrivateEndpoint', privateEndpoint);
    const vpcEndpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(this, 'VpcEndpoint', {
      vpcEndpointId: endpoint.vpcEndpointId,
      port: 443,
    });
    return {
      endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [vpcEndpoint] },
      policy: endpoint.resourcePolicy(),
    };
  }

  /** Made with the first method that asks it: an API whose callers all sign has none. */
  #sharedAuthorizer(): IAuthorizer {
    this.#authorizer ??= addRestAuthorizer(this, this.#props);
    return this.#authorizer;
  }

  #methods(api: RestApi, operations: readonly RoutedOperation[]): void {
    const { environment } = this.#props;
    const models = new RequestModels(this, 'Models', api);
    for (const [path, methods] of byPath(operations)) {
      const resource = api.root.resourceForPath(path);
      for (const operation of methods) {
        const cacheKeys = environment.cache === undefined ? [] : cacheKeyParameters(operation);
        resource.addMethod(
          operation.method,
          this.#integration(cacheKeys.length > 0 ? { cacheKeyParameters: [...cacheKeys] } : {}),
          {
            ...this.#authorization(operation),
            ...(environment.requestValidation && models.checksOf(operation)),
            requestParameters: requestParameters(operation, environment, cacheKeys),
          },
        );
      }
      addPreflight(resource, methods, { environment, integration: this.#integration({}) });
    }
  }

  #authorization({ caller }: RoutedOperation): MethodOptions {
    switch (caller) {
      case 'anyone':
        return { authorizationType: AuthorizationType.NONE };
      case 'authorizer':
        return {
          authorizationType: AuthorizationType.CUSTOM,
          authorizer: this.#sharedAuthorizer(),
          ...(this.#props.environment.usagePlans !== undefined && { apiKeyRequired: true }),
        };
      case 'iam':
        // Without an API key: plans are for clients that have one, and services are known by their roles.
        return { authorizationType: AuthorizationType.IAM };
    }
  }

  #integration(options: IntegrationOptions): Integration {
    return new Integration({
      type: IntegrationType.AWS_PROXY,
      integrationHttpMethod: 'POST',
      uri: invocationUri(this, this.#props.functionArn),
      options: {
        ...options,
        timeout: Duration.millis(integrationTimeoutMs(this.#props.environment, MAX_INTEGRATION_TIMEOUT_MS)),
      },
    });
  }
}

/** Everything that a method's cache key or validator names has to be declared, with whether it is required. */
function requestParameters(
  { path, input }: Operation,
  { requestValidation }: Environment,
  cacheKeys: readonly string[],
): Record<string, boolean> {
  const required = requestValidation ? (input?.requiredParameters ?? []) : [];
  return {
    ...Object.fromEntries(pathParameters(path).map((name) => [`method.request.path.${name}`, true])),
    ...Object.fromEntries(cacheKeys.filter((key) => !key.includes('.path.')).map((key) => [key, false])),
    ...Object.fromEntries(required.map((name) => [name, true])),
  };
}
