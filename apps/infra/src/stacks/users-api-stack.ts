import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { findBundle } from '../bundles.ts';
import { FunctionUrl } from '../constructs/function-url.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { UsersHttpApi } from '../constructs/users-http-api.ts';
import { UsersRestApi } from '../constructs/users-rest-api.ts';
import type { Operation } from '../contract/operation.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

export interface UsersApiStackProps extends PartStackProps {
  readonly operations: readonly Operation[];
}

/** What users-api calls on its table; a transaction needs the action of each of its parts. */
const TABLE_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** The users API: one function, behind every front that the environment names, and its internal address. */
export class UsersApiStack extends PartStack {
  constructor(scope: Construct, props: UsersApiStackProps) {
    super(scope, 'users-api', props);
    const environment = this.settings;
    const table = this.lookUp('usersTable');
    const api = new ServiceFunction(this, 'UsersApi', {
      environment,
      role: 'users-api',
      service: 'users-api',
      bundle: findBundle(props.bundles, 'users-api', ['main.cjs']),
      handler: 'main.handler',
      settings: environment.functions.usersApi,
      variables: { USERS_TABLE: table, CORS: JSON.stringify(environment.cors) },
    });
    const tableArn = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: table });
    api.allow(TABLE_ACTIONS, [tableArn]);
    api.allow(['dynamodb:Query'], [`${tableArn}/index/by-shard`]);

    const front = {
      environment,
      operations: props.operations,
      function: api.function,
      authorizerArn: this.lookUp('authorizerArn'),
    };
    if (environment.fronts.includes('http')) {
      const http = new UsersHttpApi(this, 'HttpApi', front);
      this.publish('httpApiId', http.apiId);
      this.publish('httpApiUrl', http.url);
      new CfnOutput(this, 'HttpApiUrl', { value: http.url });
    }
    if (environment.fronts.includes('rest')) {
      const rest = new UsersRestApi(this, 'RestApi', front);
      this.publish('restApiId', rest.apiId);
      this.publish('restApiUrl', rest.url);
      new CfnOutput(this, 'RestApiUrl', { value: rest.url });
    }
    const internal = new FunctionUrl(this, 'Internal', { function: api.function, authType: 'AWS_IAM' });
    this.publish('usersApiArn', api.function.functionArn);
    this.publish('usersApiInternalUrl', internal.url);
  }
}
