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
import type { HttpEnding } from './http-ending.ts';
import { HttpRefusal } from './http-refusal.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { integrateHttpCall } from './integrate.ts';
import { finishHttpResponse, toRefusalResponse, withCors } from './respond.ts';
import { buildHttpRouter, type HttpRouter, selectHttpRoute } from './select-route.ts';
import { selectHttpStage } from './select-stage.ts';
import { writeHttpAccessLog } from './write-access-log.ts';

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
  const host = {
    api,
    runtime,
    router: buildHttpRouter(api),
    authorization: { runtime, cache, issuerKeys: createIssuerKeys(runtime) },
  };
  return createHttpFront({ maxBodyBytes: MAX_BODY_BYTES, answer: (request) => answer(host, request) });
}

async function answer(host: HttpApiHost, request: IncomingRequest): Promise<OutgoingResponse> {
  const { runtime, api } = host;
  const progress: Progress = { call: acceptHttpCall(runtime, api, request) };
  const ending = await passThrough(host, progress).catch((error: unknown) =>
    refuse(runtime, progress.call, error),
  );
  const { call } = progress;
  traceStep(runtime, call, {
    stage: 'sent',
    outcome: 'pass',
    status: ending.response.status,
    detail: { method: request.method, path: request.path, durationMs: runtime.clock() - call.startedAtMs },
  });
  writeHttpAccessLog(runtime, call, ending);
  return finishHttpResponse(call, ending.response);
}

/** How far a call came: the access log shows its stage, its route and its caller. */
interface Progress {
  call: HttpCall;
}

/** The pipeline, in order. */
async function passThrough(host: HttpApiHost, progress: Progress): Promise<HttpEnding> {
  checkHttpLimits(progress.call);
  const staged = selectHttpStage(progress.call);
  progress.call = staged;
  const routed = selectHttpRoute(host.router, staged);
  if (routed === undefined) return { response: answerUnrouted(staged) };
  progress.call = routed;
  const authorized = await authorizeHttpCall(host.authorization, routed);
  progress.call = authorized;
  const ending = await integrateHttpCall(host.runtime, authorized);
  const response = withCors(authorized, ending.response);
  return ending.integration === undefined ? { response } : { response, integration: ending.integration };
}

/** Without a route: the preflight answer where CORS is configured, else 404 for a wrong method as for a wrong path. */
function answerUnrouted({ api, request, routePath }: StagedHttpCall): OutgoingResponse {
  if (api.cors !== undefined && request.method === 'OPTIONS') {
    return answerPreflight(api.cors, request.headers);
  }
  throw new HttpRefusal(404, { step: 'route', reason: `no route takes ${request.method} ${routePath}` });
}

function refuse(runtime: GatewayRuntime, call: HttpCall, error: unknown): HttpEnding {
  const refusal =
    error instanceof HttpRefusal
      ? error
      : new HttpRefusal(500, { step: 'integration', reason: `a defect of the host: ${String(error)}` });
  const { step, reason, detail, integration } = refusal.why;
  traceStep(runtime, call, {
    stage: step,
    outcome: refusal.status >= 500 ? 'error' : 'refuse',
    status: refusal.status,
    reason,
    ...(detail === undefined ? {} : { detail }),
  });
  const response = withCors(call, toRefusalResponse(refusal));
  return { response, refusal, ...(integration === undefined ? {} : { integration }) };
}
