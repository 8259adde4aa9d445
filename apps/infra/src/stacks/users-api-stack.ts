import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { findBundle } from '../bundles.ts';
import type { ApiFrontProps } from '../constructs/api-front.ts';
import { CanaryDeployment } from '../constructs/canary-deployment.ts';
import { FunctionUrl } from '../constructs/function-url.ts';
import { UsersHttpApi } from '../constructs/http/users-http-api.ts';
import { UsersRestApi } from '../constructs/rest/users-rest-api.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import type { Operation } from '../contract/operation.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';
import { authConfig, hasInternalIssuer } from './auth-config.ts';

export interface UsersApiStackProps extends PartStackProps {
  readonly operations: readonly Operation[];
}

/** What users-api calls on its table; a transaction needs the action of each of its parts. */
const TABLE_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** The alias that the public function URL calls: the function's own URL is the internal one. */
const PUBLIC_ALIAS = 'public';

/** The users API: one function, behind every front that the environment names, and its internal address. */
export class UsersApiStack extends PartStack {
  constructor(scope: Construct, props: UsersApiStackProps) {
    super(scope, 'UsersApi', props);
    const environment = this.settings;
    const api = this.#function(props);
    const front = {
      environment,
      operations: props.operations,
      functionArn: api.targetArn,
      findAuthorizer: () => this.lookUp('authorizerArn'),
    };
    if (environment.fronts.includes('http')) this.#httpApi(front);
    if (environment.fronts.includes('rest')) this.#restApi(front);
    if (environment.fronts.includes('url')) this.#publicUrl(api);
    const internal = new FunctionUrl(this, 'Internal', {
      function: api.function,
      alias: api.alias,
      authType: 'AWS_IAM',
    });
    this.publish('usersApiArn', api.targetArn);
    this.publish('usersApiInternalUrl', internal.url);
  }

  #function({ bundles, operations }: UsersApiStackProps): ServiceFunction {
    const environment = this.settings;
    const table = this.lookUp('usersTable');
    const basePath = (environment.domains?.rest ?? environment.domains?.http)?.basePath;
    const api = new ServiceFunction(this, 'UsersApi', {
      environment,
      role: 'users-api',
      service: 'users-api',
      bundle: findBundle(bundles, 'users-api', ['main.cjs']),
      handler: 'main.handler',
      settings: environment.functions.usersApi,
      aliased: environment.canary !== undefined,
      variables: {
        USERS_TABLE: table,
        CORS: JSON.stringify(environment.cors),
        ...(basePath !== undefined && { BASE_PATH: `/${basePath}` }),
        ...(environment.iamRoutes !== undefined && { IAM_ROUTES: environment.iamRoutes.join(',') }),
        ...this.#ownVerification(operations),
      },
    });
    const tableArn = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: table });
    api.allow(TABLE_ACTIONS, [tableArn]);
    api.allow(['dynamodb:Query'], [`${tableArn}/index/by-shard`]);
    const secrets = environment.fronts.includes('url') ? this.tokenSecrets(this.#signingKeyArn()) : [];
    if (secrets.length > 0) api.allow(['secretsmanager:GetSecretValue'], secrets);
    if (environment.canary !== undefined && api.alias !== undefined) {
      new CanaryDeployment(this, 'Deployment', {
        environment,
        service: 'users-api',
        alias: api.alias,
        strategy: environment.canary,
      });
    }
    return api;
  }

  /** Behind a public function URL no authorizer is asked: the function verifies tokens by itself. */
  #ownVerification(operations: readonly Operation[]): Readonly<Record<string, string>> {
    if (!this.settings.fronts.includes('url')) return {};
    const sources = { signingKeyArn: this.#signingKeyArn(), operations };
    return { AUTH_CONFIG: this.toJsonString(authConfig(this.settings, sources)) };
  }

  #signingKeyArn(): string | undefined {
    return hasInternalIssuer(this.settings) ? this.lookUp('tokenSigningKeyArn') : undefined;
  }

  #httpApi(front: ApiFrontProps): void {
    const { apiId, url } = new UsersHttpApi(this, 'HttpApi', front);
    this.publish('httpApiId', apiId);
    this.publish('httpApiUrl', url);
    new CfnOutput(this, 'HttpApiUrl', { value: url });
  }

  #restApi(front: ApiFrontProps): void {
    const { apiId, url } = new UsersRestApi(this, 'RestApi', front);
    this.publish('restApiId', apiId);
    this.publish('restApiUrl', url);
    new CfnOutput(this, 'RestApiUrl', { value: url });
  }

  #publicUrl({ function: fn }: ServiceFunction): void {
    const alias = fn.addAlias(PUBLIC_ALIAS);
    const { url } = new FunctionUrl(this, 'Public', { function: fn, alias, authType: 'NONE' });
    this.publish('usersApiUrl', url);
    new CfnOutput(this, 'FunctionUrl', { value: url });
  }
}
