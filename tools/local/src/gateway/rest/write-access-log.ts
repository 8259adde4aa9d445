import { accessVariables, type IntegrationFacts } from '../exchange/access-variables.ts';
import type { OutgoingResponse } from '../exchange/exchange.ts';
import { substitute } from '../exchange/substitute-variables.ts';
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

/** Renders the stage's access log line, where it has a format. Variables that are not set are `-`. */
export function writeRestAccessLog(runtime: GatewayRuntime, call: RestCall, ending: RestEnding): void {
  const { stage } = call;
  if (stage?.accessLogFormat === undefined || runtime.accessLog === undefined) return;
  const { response, integration } = ending;
  const context = contextVariables(call, runtime.accountId, ending.refusal);
  const access = accessVariables({
    status: response.status,
    responseBytes: response.body.byteLength,
    latencyMs: runtime.clock() - call.startedAtMs,
    ...(integration === undefined ? {} : { integration }),
  });
  const line = substitute(stage.accessLogFormat, {
    context: (name) => access[name] ?? context(name),
    stageVariables: stage.variables,
    unset: '-',
  });
  runtime.accessLog({ apiId: call.api.id, stage: stage.name, line });
}
