import type { RestApiModel } from '../../model/app-model.ts';
import type { PolicyAnswer } from '../authorization/authorizer-answer.ts';
import { createResultCache } from '../authorization/result-cache.ts';
import type { IncomingRequest, OutgoingResponse, ResponseHeader } from '../exchange/exchange.ts';
import { createHttpFront } from '../exchange/http-front.ts';
import type { GatewayDependencies, GatewayServer } from '../gateway-dependencies.ts';
import { type GatewayRuntime, resolveRuntime } from '../gateway-runtime.ts';
import { traceStep } from '../trace-step.ts';
import { acceptRestCall, checkRestLimits } from './accept-call.ts';
import { authorizeRestCall } from './authorize-call.ts';
import type { RestAuthorization } from './rest-authorization.ts';
import { type BodyValidator, createBodyValidator } from './body-validator.ts';
import { checkApiKey } from './check-api-key.ts';
import { compressResponse, decompressRequest } from './compression.ts';
import { toGatewayResponse } from './gateway-response.ts';
import { integrateRestCall } from './integrate.ts';
import { integrationConfigurationError } from './refusals.ts';
import type { RestCall } from './rest-call.ts';
import { RestRefusal, type RestRefusalFacts } from './rest-refusal.ts';
import { buildRestRouter, type RestRouter, routeRestCall } from './route-method.ts';
import { selectRestStage } from './select-stage.ts';
import { validateRestRequest } from './validate-request.ts';
import { type RestEnding, writeRestAccessLog } from './write-access-log.ts';

/** API Gateway's payload limit. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

interface RestApiHost {
  readonly api: RestApiModel;
  readonly runtime: GatewayRuntime;
  readonly router: RestRouter;
  readonly authorization: RestAuthorization;
  readonly validator: BodyValidator;
}

/** Serves a REST API (`AWS::ApiGateway::RestApi`): all its stages on one port, each under its name. */
export function createRestApiServer(api: RestApiModel, dependencies: GatewayDependencies): GatewayServer {
  const runtime = resolveRuntime(dependencies);
  const cache = createResultCache<PolicyAnswer>(runtime.clock);
  const host: RestApiHost = {
    api,
    runtime,
    router: buildRestRouter(api),
    authorization: { runtime, cache },
    validator: createBodyValidator(api),
  };
  return createHttpFront({ maxBodyBytes: MAX_BODY_BYTES, answer: (request) => answer(host, request) });
}

async function answer(host: RestApiHost, request: IncomingRequest): Promise<OutgoingResponse> {
  const { runtime } = host;
  const progress: Progress = { call: acceptRestCall(runtime, host.api, request) };
  const ending = await passThrough(host, progress).catch((error: unknown) =>
    refuse(runtime, progress.call, toFacts(error)),
  );
  const { call } = progress;
  const response = await compressResponse(call, ending.response);
  traceStep(runtime, call, {
    stage: 'sent',
    outcome: 'pass',
    status: response.status,
    detail: { method: request.method, path: request.path, durationMs: runtime.clock() - call.startedAtMs },
  });
  writeRestAccessLog(runtime, call, withResponse(ending, response));
  const ids: readonly ResponseHeader[] = [
    ['x-amzn-RequestId', call.requestId],
    ['x-amz-apigw-id', call.extendedRequestId],
  ];
  return { status: response.status, headers: [...response.headers, ...ids], body: response.body };
}

/** How far a call came: a gateway response and the access log show its stage, its resource and its caller. */
interface Progress {
  call: RestCall;
}

/** The pipeline, in order. */
async function passThrough(host: RestApiHost, progress: Progress): Promise<RestEnding> {
  const { runtime } = host;
  checkRestLimits(progress.call);
  const staged = selectRestStage(progress.call);
  progress.call = staged;
  const routed = await decompressRequest(routeRestCall(host.router, staged));
  progress.call = routed;
  const authorized = checkApiKey(await authorizeRestCall(host.authorization, routed));
  progress.call = authorized;
  await validateRestRequest(host.validator, authorized);
  return integrateRestCall(runtime, authorized);
}

/** The ending with the response as it is sent. */
function withResponse(ending: RestEnding, response: OutgoingResponse): RestEnding {
  return response === ending.response ? ending : { ...ending, response };
}

function toFacts(error: unknown): RestRefusalFacts {
  return error instanceof RestRefusal
    ? error.facts
    : integrationConfigurationError({ reason: `a defect of the host: ${String(error)}` }).facts;
}

function refuse(runtime: GatewayRuntime, call: RestCall, refusal: RestRefusalFacts): RestEnding {
  const response = toGatewayResponse(call, refusal, runtime.accountId);
  traceStep(runtime, call, {
    stage: refusal.step,
    outcome: refusal.status >= 500 ? 'error' : 'refuse',
    status: response.status,
    reason: refusal.reason,
    detail: { responseType: refusal.responseType, ...refusal.detail },
  });
  const { integration } = refusal;
  return { response, refusal, ...(integration === undefined ? {} : { integration }) };
}
