import type { HttpAuthorizerModel } from '../../model/app-model.ts';
import {
  AuthorizerAnswerError,
  parsePolicyAnswer,
  parseSimpleAnswer,
  type PolicyAnswer,
  type SimpleAnswer,
} from '../authorization/authorizer-answer.ts';
import { describeCacheKey, type IdentityValue, toCacheKey } from '../authorization/describe-cache-key.ts';
import type { ResultCache } from '../authorization/result-cache.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { evaluatePolicy } from '../iam/evaluate-policy.ts';
import { requestConditions } from '../iam/request-conditions.ts';
import { describeOutcome, invokeInTime } from '../integration/invoke-in-time.ts';
import { MalformedResultError, parseResult } from '../integration/result-values.ts';
import { traceStep } from '../trace-step.ts';
import { toHttpAuthorizerEvent } from './authorizer-event.ts';
import { userAgent } from './event-parts.ts';
import type { AuthorizedHttpCall, HttpCaller, RoutedHttpCall } from './http-call.ts';
import { HttpRefusal } from './http-refusal.ts';
import { httpIdentityValues } from './identity-values.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { verifyJwt } from './verify-jwt.ts';
import { verifyHttpSignature } from './verify-signature.ts';

/** An HTTP API's authorizer may take 10 s. */
const AUTHORIZER_TIMEOUT_MS = 10_000;

export type HttpAuthorizerAnswer =
  | { readonly kind: 'policy'; readonly answer: PolicyAnswer }
  | { readonly kind: 'simple'; readonly answer: SimpleAnswer };

export interface HttpAuthorization {
  readonly runtime: GatewayRuntime;
  readonly cache: ResultCache<HttpAuthorizerAnswer>;
  readonly issuerKeys: IssuerKeys;
}

/**
 * Finds out who calls, as the route demands.
 *
 * @throws HttpRefusal 401 without identity, 403 when refused, 500 when the authorizer fails.
 */
export async function authorizeHttpCall(
  authorization: HttpAuthorization,
  call: RoutedHttpCall,
): Promise<AuthorizedHttpCall> {
  const demand = call.route.authorization;
  switch (demand.kind) {
    case 'NONE':
      return { caller: { kind: 'anonymous' }, ...call };
    case 'AWS_IAM':
      return { caller: { kind: 'iam', caller: verifyHttpSignature(authorization.runtime, call) }, ...call };
    case 'JWT': {
      const authorizer = call.api.jwtAuthorizers?.find(({ id }) => id === demand.authorizerId);
      if (authorizer === undefined) {
        throw failure(`the route names the authorizer ${demand.authorizerId}, which the API does not have`);
      }
      const { issuerKeys } = authorization;
      return { caller: await verifyJwt(call, { authorizer, scopes: demand.scopes, issuerKeys }), ...call };
    }
    case 'CUSTOM': {
      const authorizer = call.api.authorizers.find(({ id }) => id === demand.authorizerId);
      if (authorizer === undefined) {
        throw failure(`the route names the authorizer ${demand.authorizerId}, which the API does not have`);
      }
      return { caller: await askAuthorizer(authorization, call, authorizer), ...call };
    }
  }
}

async function askAuthorizer(
  authorization: HttpAuthorization,
  call: RoutedHttpCall,
  authorizer: HttpAuthorizerModel,
): Promise<HttpCaller> {
  const { runtime, cache } = authorization;
  const identity = readIdentity(call, authorizer);
  const cacheable = authorizer.ttlSeconds > 0 && identity.length > 0;
  const key = `${call.stage.name} ${authorizer.id} ${toCacheKey(identity)}`;
  const routeArn = toRouteArn(runtime, call);
  const cached = cacheable ? cache.get(key) : undefined;
  const answer = cached ?? (await invokeAuthorizer(runtime, call, { authorizer, identity, routeArn }));
  if (cacheable && cached === undefined) cache.set(key, answer, authorizer.ttlSeconds);
  const detail = {
    authorizer: authorizer.name,
    routeArn,
    cache: cached !== undefined ? 'hit' : cacheable ? 'miss' : 'off',
    ...(cacheable ? { cacheKey: describeCacheKey(identity) } : {}),
  };
  const caller = decide(answer, { routeArn, call, detail });
  traceStep(runtime, call, { stage: 'authorizer', outcome: 'pass', detail });
  return caller;
}

function readIdentity(call: RoutedHttpCall, authorizer: HttpAuthorizerModel): readonly IdentityValue[] {
  return httpIdentityValues(call, authorizer.identitySources).map((value) => {
    if (typeof value !== 'string') return value;
    throw new HttpRefusal(401, {
      step: 'authorizer',
      reason: `the identity source ${value} is missing or empty; the authorizer was not asked`,
      detail: { authorizer: authorizer.name },
    });
  });
}

interface Decided {
  readonly routeArn: string;
  readonly call: RoutedHttpCall;
  readonly detail: Readonly<Record<string, unknown>>;
}

function decide(answer: HttpAuthorizerAnswer, { routeArn, call, detail }: Decided): HttpCaller {
  if (answer.kind === 'simple') {
    if (answer.answer.isAuthorized) return { kind: 'lambda', context: answer.answer.context };
    throw new HttpRefusal(403, {
      step: 'authorizer',
      reason: 'the authorizer answered isAuthorized: false',
      detail,
    });
  }
  const { principalId, statements, context } = answer.answer;
  const { decision, statement } = evaluatePolicy(statements, {
    action: 'execute-api:Invoke',
    resource: routeArn,
    context: requestConditions({ ...call.request, userAgent: userAgent(call), nowMs: call.startedAtMs }),
  });
  if (decision === 'allow') return { kind: 'lambda', principalId, context };
  throw new HttpRefusal(403, {
    step: 'authorizer',
    reason:
      decision === 'explicit-deny'
        ? 'a statement of the policy denies the route'
        : 'no statement of the policy allows the route',
    detail: statement === undefined ? detail : { ...detail, statement },
  });
}

interface AuthorizerQuestion {
  readonly authorizer: HttpAuthorizerModel;
  readonly identity: readonly IdentityValue[];
  readonly routeArn: string;
}

async function invokeAuthorizer(
  runtime: GatewayRuntime,
  call: RoutedHttpCall,
  question: AuthorizerQuestion,
): Promise<HttpAuthorizerAnswer> {
  const { authorizer } = question;
  const event = toHttpAuthorizerEvent(call, { ...question, accountId: runtime.accountId });
  const outcome = await invokeInTime(runtime, {
    functionArn: authorizer.functionArn,
    payload: JSON.stringify(event),
    timeoutMs: AUTHORIZER_TIMEOUT_MS,
    traceHeader: call.traceHeader,
  });
  if (outcome.kind === 'function-error' && outcome.errorMessage === 'Unauthorized') {
    throw new HttpRefusal(401, {
      step: 'authorizer',
      reason: 'the authorizer threw "Unauthorized"',
      detail: { authorizer: authorizer.name },
    });
  }
  if (outcome.kind !== 'success') throw failure(describeOutcome(outcome), authorizer);
  try {
    const result = parseResult(outcome.payload);
    return authorizer.payloadVersion === '2.0' && authorizer.simpleResponses
      ? { kind: 'simple', answer: parseSimpleAnswer(result) }
      : { kind: 'policy', answer: parsePolicyAnswer(result) };
  } catch (error) {
    if (error instanceof AuthorizerAnswerError || error instanceof MalformedResultError) {
      throw failure(error.message, authorizer);
    }
    throw error;
  }
}

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{METHOD}/{path}`. */
export function toRouteArn(runtime: GatewayRuntime, call: RoutedHttpCall): string {
  const { partition, region, accountId } = runtime;
  const path = `${call.api.id}/${call.stage.name}/${call.request.method}${call.routePath}`;
  return `arn:${partition}:execute-api:${region}:${accountId}:${path}`;
}

function failure(reason: string, authorizer?: HttpAuthorizerModel): HttpRefusal {
  return new HttpRefusal(500, {
    step: 'authorizer',
    reason,
    ...(authorizer === undefined ? {} : { detail: { authorizer: authorizer.name } }),
  });
}
