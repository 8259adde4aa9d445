import type { HttpApiModel } from '../../model/app-model.ts';
import { createResultCache } from '../authorization/result-cache.ts';
import type { IncomingRequest, OutgoingResponse } from '../exchange/exchange.ts';
import { createHttpFront } from '../exchange/http-front.ts';
import type { GatewayDependencies, GatewayServer } from '../gateway-dependencies.ts';
import { type GatewayRuntime, resolveRuntime } from '../gateway-runtime.ts';
import { traceStep } from '../trace-step.ts';
import { acceptHttpCall, checkHttpLimits } from './accept-call.ts';
import { authorizeHttpCall, type HttpAuthorization, type HttpAuthorizerAnswer } from './authorize-call.ts';
import { answerPreflight } from './cors.ts';
import type { HttpCall, StagedHttpCall } from './http-call.ts';
import { HttpRefusal } from './http-refusal.ts';
import { integrateHttpCall } from './integrate.ts';
import { finishHttpResponse, toRefusalResponse, withCors } from './respond.ts';
import { buildHttpRouter, type HttpRouter, selectHttpRoute } from './select-route.ts';
import { selectHttpStage } from './select-stage.ts';

/** API Gateway's payload limit. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

interface HttpApiHost {
  readonly api: HttpApiModel;
  readonly runtime: GatewayRuntime;
  readonly router: HttpRouter;
  readonly authorization: HttpAuthorization;
}

/** Serves an HTTP API (`AWS::ApiGatewayV2::Api`, protocol HTTP): all its stages on one port. */
export function createHttpApiServer(api: HttpApiModel, dependencies: GatewayDependencies): GatewayServer {
  const runtime = resolveRuntime(dependencies);
  const cache = createResultCache<HttpAuthorizerAnswer>(runtime.clock);
  const host = { api, runtime, router: buildHttpRouter(api), authorization: { runtime, cache } };
  return createHttpFront({ maxBodyBytes: MAX_BODY_BYTES, answer: (request) => answer(host, request) });
}

async function answer(host: HttpApiHost, request: IncomingRequest): Promise<OutgoingResponse> {
  const { runtime, api } = host;
  const call = acceptHttpCall(runtime, api, request);
  const response = await passThrough(host, call).catch((error: unknown) => refuse(runtime, call, error));
  traceStep(runtime, call, {
    stage: 'sent',
    outcome: 'pass',
    status: response.status,
    detail: { method: request.method, path: request.path, durationMs: runtime.clock() - call.startedAtMs },
  });
  return finishHttpResponse(call, response);
}

/** The pipeline, in order. */
async function passThrough(host: HttpApiHost, call: HttpCall): Promise<OutgoingResponse> {
  checkHttpLimits(call);
  const staged = selectHttpStage(call);
  const routed = selectHttpRoute(host.router, staged);
  if (routed === undefined) return answerUnrouted(staged);
  const authorized = await authorizeHttpCall(host.authorization, routed);
  return withCors(call, await integrateHttpCall(host.runtime, authorized));
}

/** Without a route: the preflight answer where CORS is configured, else 404 for a wrong method as for a wrong path. */
function answerUnrouted({ api, request, routePath }: StagedHttpCall): OutgoingResponse {
  if (api.cors !== undefined && request.method === 'OPTIONS') {
    return answerPreflight(api.cors, request.headers);
  }
  throw new HttpRefusal(404, { step: 'route', reason: `no route takes ${request.method} ${routePath}` });
}

function refuse(runtime: GatewayRuntime, call: HttpCall, error: unknown): OutgoingResponse {
  const refusal =
    error instanceof HttpRefusal
      ? error
      : new HttpRefusal(500, { step: 'integration', reason: `a defect of the host: ${String(error)}` });
  traceStep(runtime, call, {
    stage: refusal.why.step,
    outcome: refusal.status >= 500 ? 'error' : 'refuse',
    status: refusal.status,
    reason: refusal.why.reason,
    ...(refusal.why.detail === undefined ? {} : { detail: refusal.why.detail }),
  });
  return withCors(call, toRefusalResponse(refusal));
}
