import type { IntegrationFacts } from '../exchange/access-variables.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { describeOutcome, invokeInTime, type TimedOutcome } from '../integration/invoke-in-time.ts';
import { MalformedResultError, parseResult, UndecodableBodyError } from '../integration/result-values.ts';
import { traceStep } from '../trace-step.ts';
import { toEventV1 } from './event-v1.ts';
import { toEventV2 } from './event-v2.ts';
import type { AuthorizedHttpCall } from './http-call.ts';
import type { HttpEnding } from './http-ending.ts';
import { forwardHttpCall } from './integrate-http.ts';
import { HttpRefusal, type HttpRefusalStatus } from './http-refusal.ts';
import { toResponseV1 } from './result-v1.ts';
import { HTTP_API_RULES, toResponseV2 } from './result-v2.ts';

/**
 * Lets the route's integration answer.
 *
 * @throws HttpRefusal 500 when the function fails or its result is malformed, 503 when there is no answer in time.
 */
export async function integrateHttpCall(
  runtime: GatewayRuntime,
  call: AuthorizedHttpCall,
): Promise<HttpEnding> {
  const { integration } = call.route;
  if (integration.type === 'UNSUPPORTED') {
    throw new HttpRefusal(500, {
      step: 'integration',
      reason: `the host does not do integrations of type ${integration.declaredType}`,
    });
  }
  if (integration.type === 'HTTP_PROXY') return forwardHttpCall(runtime, call, integration);
  const event =
    integration.payloadVersion === '2.0'
      ? toEventV2(call, runtime.accountId)
      : toEventV1(call, runtime.accountId);
  const invokedAtMs = runtime.clock();
  const outcome = await invokeInTime(runtime, {
    functionArn: integration.functionArn,
    payload: JSON.stringify(event),
    timeoutMs: integration.timeoutMs,
    traceHeader: call.traceHeader,
  });
  const facts = toFacts(outcome, runtime.clock() - invokedAtMs);
  if (outcome.kind !== 'success') {
    const reason = describeOutcome(outcome);
    throw new HttpRefusal(statusOf(outcome), { step: 'integration', reason, integration: facts });
  }
  try {
    const result = parseResult(outcome.payload);
    const response =
      integration.payloadVersion === '2.0' ? toResponseV2(result, HTTP_API_RULES) : toResponseV1(result);
    traceStep(runtime, call, {
      stage: 'integration',
      outcome: 'pass',
      detail: { functionArn: integration.functionArn, functionRequestId: outcome.requestId },
    });
    return { response, integration: { status: response.status, ...facts } };
  } catch (error) {
    if (error instanceof MalformedResultError || error instanceof UndecodableBodyError) {
      throw new HttpRefusal(500, { step: 'integration', reason: error.message, integration: facts });
    }
    throw error;
  }
}

function toFacts(outcome: TimedOutcome, latencyMs: number): IntegrationFacts {
  if (!('requestId' in outcome)) return { latencyMs };
  return { latencyMs, integrationStatus: 200, requestId: outcome.requestId };
}

function statusOf(outcome: Exclude<TimedOutcome, { kind: 'success' }>): HttpRefusalStatus {
  switch (outcome.kind) {
    case 'gateway-timeout':
    case 'throttled':
      return 503;
    case 'request-too-large':
      return 413;
    case 'function-error':
    case 'timeout':
    case 'unavailable':
      return 500;
  }
}
