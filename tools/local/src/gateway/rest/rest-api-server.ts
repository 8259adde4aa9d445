import type { RestApiModel } from '../../model/app-model.ts';
import type { PolicyAnswer } from '../authorization/authorizer-answer.ts';
import { createResultCache } from '../authorization/result-cache.ts';
import type { IncomingRequest, OutgoingResponse } from '../exchange/exchange.ts';
import { createHttpFront } from '../exchange/http-front.ts';
import type { GatewayDependencies, GatewayServer } from '../gateway-dependencies.ts';
import { type GatewayRuntime, resolveRuntime } from '../gateway-runtime.ts';
import { traceStep } from '../trace-step.ts';
import { acceptRestCall, checkRestLimits } from './accept-call.ts';
import { authorizeRestCall, type RestAuthorization } from './authorize-call.ts';
import { toGatewayResponse } from './gateway-response.ts';
import { integrateRestCall } from './integrate.ts';
import { integrationConfigurationError } from './refusals.ts';
import type { RestCall } from './rest-call.ts';
import { RestRefusal, type RestRefusalFacts } from './rest-refusal.ts';
import { buildRestRouter, type RestRouter, routeRestCall } from './route-method.ts';
import { selectRestStage } from './select-stage.ts';

/** API Gateway's payload limit. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

interface RestApiHost {
  readonly api: RestApiModel;
  readonly runtime: GatewayRuntime;
  readonly router: RestRouter;
  readonly authorization: RestAuthorization;
}

/** Serves a REST API (`AWS::ApiGateway::RestApi`): all its stages on one port, each under its name. */
export function createRestApiServer(api: RestApiModel, dependencies: GatewayDependencies): GatewayServer {
  const runtime = resolveRuntime(dependencies);
  const cache = createResultCache<PolicyAnswer>(runtime.clock);
  const host = { api, runtime, router: buildRestRouter(api), authorization: { runtime, cache } };
  return createHttpFront({ maxBodyBytes: MAX_BODY_BYTES, answer: (request) => answer(host, request) });
}

async function answer(host: RestApiHost, request: IncomingRequest): Promise<OutgoingResponse> {
  const { runtime } = host;
  const progress = { call: acceptRestCall(runtime, host.api, request) };
  const response = await passThrough(host, progress).catch((error: unknown) =>
    refuse(runtime, progress.call, toFacts(error)),
  );
  const { call } = progress;
  traceStep(runtime, call, {
    stage: 'sent',
    outcome: 'pass',
    status: response.status,
    detail: { method: request.method, path: request.path, durationMs: runtime.clock() - call.startedAtMs },
  });
  return {
    ...response,
    headers: [
      ...response.headers,
      ['x-amzn-RequestId', call.requestId],
      ['x-amz-apigw-id', call.extendedRequestId],
    ],
  };
}

/** How far a call came: a gateway response shows its stage, its resource and its caller. */
interface Progress {
  call: RestCall;
}

/** The pipeline, in order. */
async function passThrough(host: RestApiHost, progress: Progress): Promise<OutgoingResponse> {
  checkRestLimits(progress.call);
  const staged = selectRestStage(progress.call);
  progress.call = staged;
  const routed = routeRestCall(host.router, staged);
  progress.call = routed;
  const authorized = await authorizeRestCall(host.authorization, routed);
  progress.call = authorized;
  return integrateRestCall(host.runtime, authorized);
}

function toFacts(error: unknown): RestRefusalFacts {
  return error instanceof RestRefusal
    ? error.facts
    : integrationConfigurationError({ reason: `a defect of the host: ${String(error)}` }).facts;
}

function refuse(runtime: GatewayRuntime, call: RestCall, facts: RestRefusalFacts): OutgoingResponse {
  const response = toGatewayResponse(call, facts, runtime.accountId);
  traceStep(runtime, call, {
    stage: facts.step,
    outcome: facts.status >= 500 ? 'error' : 'refuse',
    status: response.status,
    reason: facts.reason,
    detail: { responseType: facts.responseType, ...facts.detail },
  });
  return response;
}
