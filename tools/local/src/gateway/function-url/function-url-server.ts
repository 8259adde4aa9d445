import type { FunctionUrlModel } from '../../model/app-model.ts';
import {
  type IncomingRequest,
  type OutgoingResponse,
  type ResponseHeader,
  textBody,
} from '../exchange/exchange.ts';
import { createHttpFront } from '../exchange/http-front.ts';
import type { GatewayDependencies, GatewayServer } from '../gateway-dependencies.ts';
import { type GatewayRuntime, resolveRuntime } from '../gateway-runtime.ts';
import { CONNECTION_HEADERS } from '../http/respond.ts';
import { traceStep } from '../trace-step.ts';
import { acceptFunctionUrlCall, checkFunctionUrlLimits } from './accept-call.ts';
import { authorizeFunctionUrlCall } from './authorize-call.ts';
import { answerFunctionUrlPreflight, functionUrlCorsHeaders, isPreflight } from './cors.ts';
import type { FunctionUrlCall } from './function-url-call.ts';
import { FunctionUrlRefusal } from './function-url-refusal.ts';
import { integrateFunctionUrlCall } from './integrate.ts';

/** Lambda's limit of a synchronous payload. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Serves a function URL (`AWS::Lambda::Url`) on a port of its own. */
export function createFunctionUrlServer(
  url: FunctionUrlModel,
  dependencies: GatewayDependencies,
): GatewayServer {
  const runtime = resolveRuntime(dependencies);
  return createHttpFront({
    maxBodyBytes: MAX_BODY_BYTES,
    answer: (request) => answer(runtime, url, request),
  });
}

interface Answered {
  readonly response: OutgoingResponse;
  /** As the client sees it: Lambda's own once the function ran. */
  readonly requestId: string;
}

async function answer(
  runtime: GatewayRuntime,
  url: FunctionUrlModel,
  request: IncomingRequest,
): Promise<OutgoingResponse> {
  const call = acceptFunctionUrlCall(runtime, url, request);
  const { response, requestId } = await passThrough(runtime, call).catch((error: unknown) => ({
    response: refuse(runtime, call, error),
    requestId: call.requestId,
  }));
  traceStep(runtime, call, {
    stage: 'sent',
    outcome: 'pass',
    status: response.status,
    detail: { method: request.method, path: request.path, durationMs: runtime.clock() - call.startedAtMs },
  });
  return finish(call, response, requestId);
}

/** The pipeline, in order. */
async function passThrough(runtime: GatewayRuntime, call: FunctionUrlCall): Promise<Answered> {
  checkFunctionUrlLimits(call);
  const { cors } = call.url;
  const { headers, method } = call.request;
  if (cors !== undefined && isPreflight(method, headers)) {
    return { response: answerFunctionUrlPreflight(cors, headers), requestId: call.requestId };
  }
  const authorized = authorizeFunctionUrlCall(runtime, call);
  const { response, functionRequestId } = await integrateFunctionUrlCall(runtime, authorized);
  traceStep(runtime, call, { stage: 'integration', outcome: 'pass', detail: { functionRequestId } });
  const added = cors === undefined ? [] : functionUrlCorsHeaders(cors, headers);
  return {
    response: { ...response, headers: [...response.headers, ...added] },
    requestId: functionRequestId,
  };
}

function refuse(runtime: GatewayRuntime, call: FunctionUrlCall, error: unknown): OutgoingResponse {
  const refusal =
    error instanceof FunctionUrlRefusal
      ? error
      : new FunctionUrlRefusal('function-failed', 'integration', `a defect of the host: ${String(error)}`);
  traceStep(runtime, call, {
    stage: refusal.step,
    outcome: refusal.status >= 500 ? 'error' : 'refuse',
    status: refusal.status,
    reason: refusal.message,
    detail: { rule: refusal.rule },
  });
  return { status: refusal.status, headers: refusal.headers, body: textBody(refusal.body) };
}

function finish(call: FunctionUrlCall, response: OutgoingResponse, requestId: string): OutgoingResponse {
  const headers: ResponseHeader[] = [
    ...response.headers.filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase())),
    ['x-amzn-RequestId', requestId],
    ['X-Amzn-Trace-Id', call.traceHeader],
  ];
  return { status: response.status, headers, body: response.body };
}
