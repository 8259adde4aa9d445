import { createRecord } from '../null-record.ts';
import type { LambdaEvent } from './events.ts';
import type { HttpRequest } from './http-request.ts';

/**
 * What the front's authorizer said of the caller, one shape for all fronts. It comes from the front alone and so can
 * be trusted; a header cannot.
 */
export type AuthorizerResult =
  /** No authorizer ran. */
  | { readonly kind: 'none' }
  /**
   * A Lambda authorizer's context. A REST API flattens every value to a string and adds `principalId` and
   * `integrationLatency` (both kept); an HTTP API keeps JSON types.
   */
  | { readonly kind: 'lambda'; readonly context: Readonly<Record<string, unknown>> }
  /** IAM (SigV4): who signed. */
  | {
      readonly kind: 'iam';
      readonly arn: string;
      readonly accountId: string;
      readonly userId: string;
      readonly callerId: string;
      readonly accessKey: string;
    }
  /**
   * An HTTP API's own JWT authorizer, or a REST API's Cognito authorizer. Claim values are strings: an array
   * arrives as `[a b]`. `scopes` is what the route required and the token had, empty when the route named none.
   */
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[];
    };

type Fields = Readonly<Record<string, unknown>>;

/** What the authorizer said of a request's caller. */
export function authorizerResult({ front, event }: Pick<HttpRequest, 'front' | 'event'>): AuthorizerResult {
  const { authorizer, identity } = (event as LambdaEvent).requestContext;
  return front === 'rest' || front === 'http-1.0' ? resultV1(authorizer, identity) : resultV2(authorizer);
}

function resultV1(
  authorizer: Fields | null | undefined,
  identity: Fields | null | undefined,
): AuthorizerResult {
  if (!authorizer) {
    if (!identity?.['userArn']) return { kind: 'none' };
    return iamResult({ ...identity, userId: identity['user'], callerId: identity['caller'] });
  }
  const { claims, scopes, lambda } = authorizer;
  if (isFields(claims)) return jwtResult(claims, scopes);
  return { kind: 'lambda', context: isFields(lambda) ? lambda : authorizer };
}

function resultV2(authorizer: Fields | null | undefined): AuthorizerResult {
  if (!authorizer) return { kind: 'none' };
  const { lambda, jwt, iam } = authorizer;
  if (isFields(iam)) return iamResult(iam);
  if (isFields(jwt)) return jwtResult(isFields(jwt['claims']) ? jwt['claims'] : {}, jwt['scopes']);
  return { kind: 'lambda', context: isFields(lambda) ? lambda : {} };
}

function iamResult(identity: Fields): AuthorizerResult {
  const text = (name: string): string => (typeof identity[name] === 'string' ? identity[name] : '');
  return {
    kind: 'iam',
    arn: text('userArn'),
    accountId: text('accountId'),
    userId: text('userId'),
    callerId: text('callerId'),
    accessKey: text('accessKey'),
  };
}

function jwtResult(claims: Fields, scopes: unknown): AuthorizerResult {
  const strings = createRecord<string>();
  for (const name of Object.keys(claims)) strings[name] = String(claims[name]);
  return {
    kind: 'jwt',
    claims: strings,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
