import type { IntegrationFacts } from '../exchange/access-variables.ts';
import type { OutgoingResponse } from '../exchange/exchange.ts';
import { writeAccessLine } from '../exchange/write-access-line.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { contextVariables } from './context-variables.ts';
import type { RestCall } from './rest-call.ts';
import type { RestRefusalFacts } from './rest-refusal.ts';

/** How a call ended. */
export interface RestEnding {
  readonly response: OutgoingResponse;
  readonly integration?: IntegrationFacts;
  readonly refusal?: RestRefusalFacts;
}

export function writeRestAccessLog(runtime: GatewayRuntime, call: RestCall, ending: RestEnding): void {
  writeAccessLine(runtime, {
    apiId: call.api.id,
    stage: call.stage,
    startedAtMs: call.startedAtMs,
    response: ending.response,
    integration: ending.integration,
    context: contextVariables(call, runtime.accountId, ending.refusal),
  });
}
