import type { RestIntegrationModel } from '../../model/app-model.ts';
import type { IntegrationFacts } from '../exchange/access-variables.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { describeOutcome, invokeInTime, type TimedOutcome } from '../integration/invoke-in-time.ts';
import { MalformedResultError, parseResult, UndecodableBodyError } from '../integration/result-values.ts';
import { traceStep } from '../trace-step.ts';
import { acceptsBinary } from './binary-media.ts';
import { findBrokenParameter } from './broken-parameters.ts';
import { toRestEvent } from './event.ts';
import type { IntegrationAnswer } from './integration-answer.ts';
import {
  integrationConfigurationError,
  integrationFailure,
  integrationRefused,
  integrationTimeout,
  requestTooLarge,
} from './refusals.ts';
import { remapHeaders } from './remap-headers.ts';
import type { AuthorizedRestCall } from './rest-call.ts';
import type { RestRefusal } from './rest-refusal.ts';
import { toRestResponse } from './result.ts';

export type ProxyIntegration = Extract<RestIntegrationModel, { type: 'AWS_PROXY' }>;

/**
 * The Lambda proxy integration. Its success alone carries X-Amzn-Trace-Id.
 *
 * @throws RestRefusal
 */
export async function invokeProxy(
  runtime: GatewayRuntime,
  call: AuthorizedRestCall,
  integration: ProxyIntegration,
): Promise<IntegrationAnswer> {
  checkIntegration(integration);
  const invokedAtMs = runtime.clock();
  const outcome = await invokeInTime(runtime, {
    functionArn: integration.functionArn,
    payload: JSON.stringify(toRestEvent(call, runtime.accountId)),
    timeoutMs: integration.timeoutMs,
    traceHeader: call.traceHeader,
  });
  const facts = toFacts(outcome, runtime.clock() - invokedAtMs);
  if (outcome.kind !== 'success') throw toRefusal(outcome, facts);
  try {
    const accept = headerValue(call.request.headers, 'accept');
    const response = toRestResponse(
      parseResult(outcome.payload),
      acceptsBinary(call.api.binaryMediaTypes, accept),
    );
    traceStep(runtime, call, {
      stage: 'integration',
      outcome: 'pass',
      detail: { functionArn: integration.functionArn, functionRequestId: outcome.requestId },
    });
    const headers = [...remapHeaders(response.headers), ['X-Amzn-Trace-Id', call.traceHeader] as const];
    const { status, body } = response;
    return { response: { status, headers, body }, integration: { status, ...facts } };
  } catch (error) {
    const why = { reason: error instanceof Error ? error.message : String(error), integration: facts };
    if (error instanceof UndecodableBodyError) throw integrationConfigurationError(why);
    if (error instanceof MalformedResultError) throw integrationFailure(why);
    throw error;
  }
}

function checkIntegration({ httpMethod = 'POST', requestParameters }: ProxyIntegration): void {
  if (httpMethod !== 'POST') {
    throw integrationRefused({ reason: `Lambda is invoked by POST, the integration says ${httpMethod}` });
  }
  const broken = findBrokenParameter(requestParameters);
  if (broken !== undefined) {
    throw integrationConfigurationError({ reason: `no integration may be given ${broken}` });
  }
}

function toFacts(outcome: TimedOutcome, latencyMs: number): IntegrationFacts {
  if (!('requestId' in outcome)) return { latencyMs };
  return { latencyMs, integrationStatus: 200, requestId: outcome.requestId };
}

function toRefusal(
  outcome: Exclude<TimedOutcome, { kind: 'success' }>,
  integration: IntegrationFacts,
): RestRefusal {
  const reason = describeOutcome(outcome);
  switch (outcome.kind) {
    case 'gateway-timeout':
      return integrationTimeout({ reason, integration });
    case 'request-too-large':
      return requestTooLarge({ step: 'integration', reason, integration });
    case 'throttled':
    case 'unavailable':
      return integrationRefused({ reason, integration });
    case 'timeout':
    case 'function-error': {
      const integrationError =
        outcome.kind === 'function-error'
          ? `Lambda Customer Function Error:'${outcome.errorMessage}'`
          : reason;
      return integrationFailure({ reason, integration, integrationError });
    }
  }
}
