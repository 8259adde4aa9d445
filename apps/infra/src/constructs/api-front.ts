import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';

/** What an API in front of users-api is made from; the same for both kinds. */
export interface ApiFrontProps {
  readonly environment: Environment;
  readonly operations: readonly Operation[];
  /** Of the function or alias that answers. */
  readonly functionArn: string;
  /** Found when a route asks the authorizer: an API without such a route does not depend on it. */
  readonly findAuthorizer: () => string;
}

/** Lets one API call a function, on some of its resources: `*` + `/*` for any stage and route. */
export function permitApi(
  scope: Construct,
  id: string,
  call: { readonly functionArn: string; readonly apiId: string; readonly resource: string },
): void {
  new CfnPermission(scope, id, {
    functionName: call.functionArn,
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceArn: Stack.of(scope).formatArn({
      service: 'execute-api',
      resource: call.apiId,
      resourceName: call.resource,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
  });
}

/** The address at which API Gateway calls a function. */
export function invocationUri(scope: Construct, functionArn: string): string {
  const { partition, region } = Stack.of(scope);
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** How long an API waits for users-api: as long as that may take, or as the API can. In milliseconds. */
export function integrationTimeoutMs({ functions }: Environment, mostMs: number): number {
  return Math.min(functions.usersApi.timeoutSeconds * 1000, mostMs);
}
