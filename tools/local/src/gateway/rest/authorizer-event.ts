import type { RestAuthorizerModel } from '../../model/app-model.ts';
import type { IdentityValue } from '../authorization/describe-cache-key.ts';
import { toParameters } from './event.ts';
import { restRequestContext, restRequestMaps } from './event-parts.ts';
import type { RoutedRestCall } from './rest-call.ts';

export interface RestAuthorizerFacts {
  readonly authorizer: RestAuthorizerModel;
  readonly identity: readonly IdentityValue[];
  readonly methodArn: string;
  readonly accountId: string;
}

/** A TOKEN authorizer gets the token alone, a REQUEST authorizer the request, its empty parts as `{}`. */
export function toRestAuthorizerEvent(
  call: RoutedRestCall,
  facts: RestAuthorizerFacts,
): Record<string, unknown> {
  const { authorizer, identity, methodArn, accountId } = facts;
  if (authorizer.type === 'TOKEN') {
    return { type: 'TOKEN', methodArn, authorizationToken: identity[0]?.value ?? '' };
  }
  return {
    type: 'REQUEST',
    methodArn,
    resource: call.method.path,
    path: call.resourcePath,
    httpMethod: call.request.method,
    ...restRequestMaps(call, {}),
    pathParameters: toParameters(call.pathParameters),
    stageVariables: call.stage.variables,
    requestContext: restRequestContext(call, accountId),
  };
}
