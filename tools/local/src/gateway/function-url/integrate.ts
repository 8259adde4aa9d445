import type { OutgoingResponse } from '../exchange/exchange.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { type ResultV2Rules, toResponseV2 } from '../http/result-v2.ts';
import { describeOutcome, invokeInTime } from '../integration/invoke-in-time.ts';
import { MalformedResultError, parseResult, UndecodableBodyError } from '../integration/result-values.ts';
import { toFunctionUrlEvent } from './event.ts';
import type { AuthorizedFunctionUrlCall } from './function-url-call.ts';
import { FunctionUrlRefusal } from './function-url-refusal.ts';
import { toStreamedResponse } from './streamed-result.ts';

/** A function URL has no timeout of its own: the function's (15 minutes at most) ends it. */
const MAX_FUNCTION_TIMEOUT_MS = 901_000;

const RULES: ResultV2Rules = { defaultContentType: 'application/json', serialisesBody: true };

export interface FunctionUrlAnswer {
  readonly response: OutgoingResponse;
  /** Lambda's id of the invocation, which the response shows. */
  readonly functionRequestId: string;
}

/** @throws FunctionUrlRefusal 429 when throttled, 413 for an event over 6 MB, 502 when the function fails. */
export async function integrateFunctionUrlCall(
  runtime: GatewayRuntime,
  call: AuthorizedFunctionUrlCall,
): Promise<FunctionUrlAnswer> {
  const { url, traceHeader } = call;
  const outcome = await invokeInTime(runtime, {
    functionArn: url.functionArn,
    payload: JSON.stringify(toFunctionUrlEvent(call)),
    timeoutMs: MAX_FUNCTION_TIMEOUT_MS,
    traceHeader,
  });
  switch (outcome.kind) {
    case 'success':
      break;
    case 'throttled':
      throw new FunctionUrlRefusal('throttled', 'integration', describeOutcome(outcome));
    case 'request-too-large':
      throw new FunctionUrlRefusal('body-too-large', 'integration', describeOutcome(outcome));
    default:
      throw new FunctionUrlRefusal('function-failed', 'integration', describeOutcome(outcome));
  }
  try {
    const response =
      url.invokeMode === 'RESPONSE_STREAM'
        ? toStreamedResponse(outcome.payload, outcome.contentType)
        : toResponseV2(parseResult(outcome.payload), RULES);
    return { response, functionRequestId: outcome.requestId };
  } catch (error) {
    if (error instanceof MalformedResultError || error instanceof UndecodableBodyError) {
      throw new FunctionUrlRefusal('function-failed', 'integration', error.message);
    }
    throw error;
  }
}
