import type { RestAuthorizerModel } from '../../model/app-model.ts';
import {
  AuthorizerAnswerError,
  parsePolicyAnswer,
  type PolicyAnswer,
} from '../authorization/authorizer-answer.ts';
import { describeCacheKey, type IdentityValue, toCacheKey } from '../authorization/describe-cache-key.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { evaluatePolicy, type PolicyDecision } from '../iam/evaluate-policy.ts';
import { requestConditions } from '../iam/request-conditions.ts';
import { describeOutcome, invokeInTime } from '../integration/invoke-in-time.ts';
import { describe, MalformedResultError, parseResult } from '../integration/result-values.ts';
import { traceStep } from '../trace-step.ts';
import type { RestAuthorization } from './rest-authorization.ts';
import { toRestAuthorizerEvent } from './authorizer-event.ts';
import { restIdentityValues } from './identity-values.ts';
import {
  accessDenied,
  authorizerConfigurationError,
  authorizerFailure,
  unauthorized,
  uriTooLong,
} from './refusals.ts';
import type { RestCaller, RoutedRestCall } from './rest-call.ts';

/** A REST API's authorizer may take as long as an integration. */
const AUTHORIZER_TIMEOUT_MS = 29_000;
const MAX_METHOD_ARN_BYTES = 1600;

/**
 * Asks a Lambda authorizer, or its cache, and evaluates the policy for this very method and path.
 *
 * @throws RestRefusal
 */
export async function askAuthorizer(
  { runtime, cache }: RestAuthorization,
  call: RoutedRestCall,
  authorizer: RestAuthorizerModel,
): Promise<RestCaller> {
  const methodArn = toMethodArn(runtime, call);
  const identity = readIdentity(call, authorizer);
  const cacheable = authorizer.ttlSeconds > 0 && identity.length > 0;
  const key = `${call.stage.name} ${authorizer.id} ${toCacheKey(identity)}`;
  const cached = cacheable ? cache.get(key) : undefined;
  const askedAtMs = runtime.clock();
  const answer = cached ?? (await invokeAuthorizer(runtime, call, { authorizer, identity, methodArn }));
  const latencyMs = cached === undefined ? runtime.clock() - askedAtMs : 0;
  const caller = toCaller(answer, latencyMs, authorizer);
  if (cacheable && cached === undefined) cache.set(key, answer, authorizer.ttlSeconds);
  const detail = {
    authorizer: authorizer.name,
    methodArn,
    cache: cached !== undefined ? 'hit' : cacheable ? 'miss' : 'off',
    ...(cacheable ? { cacheKey: describeCacheKey(identity) } : {}),
  };
  const { decision, statement } = decide(answer, call, methodArn);
  const decided = statement === undefined ? detail : { ...detail, statement };
  if (decision === 'allow') {
    traceStep(runtime, call, { stage: 'authorizer', outcome: 'pass', detail: decided });
    return caller;
  }
  throw accessDenied(decision === 'explicit-deny', {
    step: 'authorizer',
    reason:
      decision === 'explicit-deny'
        ? 'a statement of the policy denies the method'
        : 'no statement of the policy allows the method',
    detail: decided,
  });
}

function decide(answer: PolicyAnswer, call: RoutedRestCall, methodArn: string): PolicyDecision {
  return evaluatePolicy(answer.statements, {
    action: 'execute-api:Invoke',
    resource: methodArn,
    context: requestConditions({
      sourceIp: call.request.sourceIp,
      userAgent: headerValue(call.request.headers, 'user-agent') ?? '',
      nowMs: call.startedAtMs,
    }),
  });
}

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{VERB}/{path}`, the path as it was sent. */
function toMethodArn(runtime: GatewayRuntime, call: RoutedRestCall): string {
  const { partition, region, accountId } = runtime;
  const path = `${call.api.id}/${call.stage.name}/${call.request.method}${call.resourcePath}`;
  const arn = `arn:${partition}:execute-api:${region}:${accountId}:${path}`;
  if (arn.length > MAX_METHOD_ARN_BYTES) {
    throw uriTooLong({
      step: 'authorizer',
      reason: `the method ARN has ${arn.length} bytes, more than 1,600`,
    });
  }
  return arn;
}

function readIdentity(call: RoutedRestCall, authorizer: RestAuthorizerModel): readonly IdentityValue[] {
  const detail = { authorizer: authorizer.name };
  const identity = restIdentityValues(call, authorizer.identitySources).map((value) => {
    if (typeof value !== 'string') return value;
    const reason = `the identity source ${value} is missing or empty; the authorizer was not asked`;
    throw unauthorized({ step: 'authorizer', reason, detail });
  });
  const pattern = authorizer.type === 'TOKEN' ? authorizer.identityValidationExpression : undefined;
  if (pattern !== undefined && !matchesWhole(pattern, identity[0]?.value ?? '')) {
    const reason = `the token does not match ${pattern}; the authorizer was not asked`;
    throw unauthorized({ step: 'authorizer', reason, detail });
  }
  return identity;
}

/** Java's `matches`: the whole token. An expression that is none matches nothing. */
function matchesWhole(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(text);
  } catch {
    return false;
  }
}

interface AuthorizerQuestion {
  readonly authorizer: RestAuthorizerModel;
  readonly identity: readonly IdentityValue[];
  readonly methodArn: string;
}

async function invokeAuthorizer(
  runtime: GatewayRuntime,
  call: RoutedRestCall,
  question: AuthorizerQuestion,
): Promise<PolicyAnswer> {
  const { authorizer } = question;
  const detail = { authorizer: authorizer.name };
  const event = toRestAuthorizerEvent(call, { ...question, accountId: runtime.accountId });
  const outcome = await invokeInTime(runtime, {
    functionArn: authorizer.functionArn,
    payload: JSON.stringify(event),
    timeoutMs: AUTHORIZER_TIMEOUT_MS,
    traceHeader: call.traceHeader,
  });
  if (outcome.kind === 'function-error' && outcome.errorMessage === 'Unauthorized') {
    throw unauthorized({ step: 'authorizer', reason: 'the authorizer threw "Unauthorized"', detail });
  }
  if (outcome.kind !== 'success') {
    throw authorizerFailure({ step: 'authorizer', reason: describeOutcome(outcome), detail });
  }
  try {
    return parsePolicyAnswer(parseResult(outcome.payload));
  } catch (error) {
    if (!(error instanceof AuthorizerAnswerError || error instanceof MalformedResultError)) throw error;
    throw authorizerConfigurationError({ step: 'authorizer', reason: error.message, detail });
  }
}

/** Numbers and booleans of the context become strings; lists and objects are a configuration error. */
function toCaller(answer: PolicyAnswer, latencyMs: number, authorizer: RestAuthorizerModel): RestCaller {
  const context: [string, string][] = [];
  for (const [name, value] of Object.entries(answer.context ?? {})) {
    if (value === null) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw authorizerConfigurationError({
        step: 'authorizer',
        reason: `context.${name} is ${describe(value)}, not a string, number or boolean`,
        detail: { authorizer: authorizer.name },
      });
    }
    context.push([name, String(value)]);
  }
  return {
    kind: 'lambda',
    principalId: answer.principalId,
    context: Object.fromEntries(context),
    integrationLatencyMs: latencyMs,
    ...(answer.usageIdentifierKey === undefined ? {} : { usageIdentifierKey: answer.usageIdentifierKey }),
  };
}
