import { AuthError } from '../errors.ts';
import type { AuthorizerContext } from '../principal/authorizer-context.ts';

/** Result of a Lambda authorizer in the IAM policy format. */
export interface PolicyResult {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      { readonly Action: 'execute-api:Invoke'; readonly Effect: Effect; readonly Resource: string },
    ];
  };
  readonly context?: AuthorizerContext;
  /** The API key that the gateway's usage plan counts, where its key source is the authorizer. */
  readonly usageIdentifierKey?: string;
}

export type Effect = 'Allow' | 'Deny';

/** The part of an execute-api ARN that the platform writes: everything up to the stage. The rest is the caller's path. */
const STAGE_ARN =
  /^(arn:aws[a-z-]{0,16}:execute-api:[a-z0-9-]{1,32}:\d{12}:[A-Za-z0-9_-]{1,64}\/(?:[A-Za-z0-9_-]{1,128}|\$default))\//;

/**
 * The ARN of every route of the API and stage that `methodArn` (REST, HTTP 1.0) or `routeArn` (HTTP 2.0) belongs to:
 * `arn:aws:execute-api:<region>:<account>:<api>/<stage>/*`.
 *
 * @throws AuthError `AUTH_EVENT_INVALID` for a text that is no such ARN.
 */
export function stageResource(arn: string): string {
  const stage = STAGE_ARN.exec(arn)?.[1];
  if (stage === undefined) throw new AuthError('AUTH_EVENT_INVALID', { detail: 'arn' });
  return `${stage}/*`;
}

/**
 * The authorizer's answer as one statement for the whole API and stage. A gateway caches it by identity and applies it
 * to every route, so it must not speak of one route; and nothing of it may come from the caller's path.
 *
 * @param resource from {@link stageResource}.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function wholeStagePolicy(
  effect: Effect,
  resource: string,
  caller: {
    readonly principalId: string;
    readonly context?: AuthorizerContext;
    readonly usageIdentifierKey?: string;
  },
): PolicyResult {
  return {
    principalId: caller.principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
    },
    ...(caller.context !== undefined && { context: caller.context }),
    ...(caller.usageIdentifierKey !== undefined && { usageIdentifierKey: caller.usageIdentifierKey }),
  };
}

/** Result of an HTTP API's Lambda authorizer in the simple format (payload 2.0). */
export interface SimpleResult {
  readonly isAuthorized: boolean;
  readonly context?: AuthorizerContext;
}

/** The answer in the simple format, which an HTTP API caches for the whole stage by itself. */
export function simpleResult(effect: Effect, context?: AuthorizerContext): SimpleResult {
  return { isAuthorized: effect === 'Allow', ...(context !== undefined && { context }) };
}
