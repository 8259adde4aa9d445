import type { RestIntegrationModel } from '../../model/app-model.ts';
import type { OutgoingResponse } from '../exchange/exchange.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { describeOutcome, invokeInTime, type TimedOutcome } from '../integration/invoke-in-time.ts';
import { MalformedResultError, parseResult, UndecodableBodyError } from '../integration/result-values.ts';
import { traceStep } from '../trace-step.ts';
import { toRestEvent } from './event.ts';
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

export interface ProxyInvocation {
  readonly integration: Extract<RestIntegrationModel, { type: 'AWS_PROXY' }>;
  readonly acceptsBinary: boolean;
}

/**
 * The Lambda proxy integration. Its success alone carries X-Amzn-Trace-Id.
 *
 * @throws RestRefusal
 */
export async function invokeProxy(
  runtime: GatewayRuntime,
  call: AuthorizedRestCall,
  { integration, acceptsBinary }: ProxyInvocation,
): Promise<OutgoingResponse> {
  const outcome = await invokeInTime(runtime, {
    functionArn: integration.functionArn,
    payload: JSON.stringify(toRestEvent(call, runtime.accountId)),
    timeoutMs: integration.timeoutMs,
    traceHeader: call.traceHeader,
  });
  if (outcome.kind !== 'success') throw toRefusal(outcome);
  try {
    const response = toRestResponse(parseResult(outcome.payload), acceptsBinary);
    traceStep(runtime, call, {
      stage: 'integration',
      outcome: 'pass',
      detail: { functionArn: integration.functionArn, functionRequestId: outcome.requestId },
    });
    const headers = remapHeaders(response.headers);
    return { ...response, headers: [...headers, ['X-Amzn-Trace-Id', call.traceHeader]] };
  } catch (error) {
    if (error instanceof UndecodableBodyError) throw integrationConfigurationError({ reason: error.message });
    if (error instanceof MalformedResultError) throw integrationFailure({ reason: error.message });
    throw error;
  }
}

function toRefusal(outcome: Exclude<TimedOutcome, { kind: 'success' }>): RestRefusal {
  const reason = describeOutcome(outcome);
  switch (outcome.kind) {
    case 'gateway-timeout':
      return integrationTimeout({ reason });
    case 'request-too-large':
      return requestTooLarge({ step: 'integration', reason });
    case 'throttled':
    case 'unavailable':
      return integrationRefused({ reason });
    case 'timeout':
    case 'function-error': {
      const integrationError =
        outcome.kind === 'function-error'
          ? `Lambda Customer Function Error:'${outcome.errorMessage}'`
          : reason;
      return integrationFailure({ reason, integrationError });
    }
  }
}
