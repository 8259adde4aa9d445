import type { HttpAuthorizerModel } from '../../model/app-model.ts';
import type { IdentityValue } from '../authorization/describe-cache-key.ts';
import type { RoutedHttpCall } from './http-call.ts';
import { pathParameters, stageVariables } from './event-parts.ts';
import { requestContextV1, requestPartsV1 } from './event-v1.ts';
import { requestContextV2, requestPartsV2 } from './event-v2.ts';

export interface AuthorizerEventFacts {
  readonly authorizer: HttpAuthorizerModel;
  readonly identity: readonly IdentityValue[];
  readonly routeArn: string;
  readonly accountId: string;
}

const ANONYMOUS = { kind: 'anonymous' } as const;

/** The event of a Lambda authorizer, in the payload format that it is declared with. */
export function toHttpAuthorizerEvent(
  call: RoutedHttpCall,
  facts: AuthorizerEventFacts,
): Record<string, unknown> {
  const values = facts.identity.map(({ value }) => value);
  const context = { accountId: facts.accountId, caller: ANONYMOUS };
  if (facts.authorizer.payloadVersion === '2.0') {
    return {
      version: '2.0',
      type: 'REQUEST',
      routeArn: facts.routeArn,
      ...(values.length === 0 ? {} : { identitySource: values }),
      routeKey: call.route.routeKey,
      ...requestPartsV2(call),
      requestContext: requestContextV2(call, context),
      pathParameters: pathParameters(call),
      stageVariables: stageVariables(call),
    };
  }
  const identitySource = values.join(',');
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn: facts.routeArn,
    ...(values.length === 0 ? {} : { identitySource, authorizationToken: identitySource }),
    ...requestPartsV1(call),
    pathParameters: pathParameters(call) ?? {},
    stageVariables: stageVariables(call) ?? {},
    requestContext: requestContextV1(call, context),
  };
}
