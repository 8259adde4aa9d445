import type { StageModel } from '../../model/app-model.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { accessVariables, type IntegrationFacts } from './access-variables.ts';
import type { OutgoingResponse } from './exchange.ts';
import { type ContextVariables, substitute } from './substitute-variables.ts';

/** A call that has ended. */
export interface EndedCall {
  readonly apiId: string;
  /** Absent for a call that no stage took. */
  readonly stage: StageModel | undefined;
  readonly startedAtMs: number;
  readonly response: OutgoingResponse;
  readonly integration: IntegrationFacts | undefined;
  /** The API's own `$context` variables. */
  readonly context: ContextVariables;
}

/** Renders the stage's access log line, where it has a format. Variables that are not set are `-`. */
export function writeAccessLine(runtime: GatewayRuntime, call: EndedCall): void {
  const { apiId, stage, response, integration, context } = call;
  if (stage?.accessLogFormat === undefined || runtime.accessLog === undefined) return;
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
  runtime.accessLog({ apiId, stage: stage.name, line });
}
