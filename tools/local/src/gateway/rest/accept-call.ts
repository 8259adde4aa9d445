import type { RestApiModel } from '../../model/app-model.ts';
import type { IncomingRequest } from '../exchange/exchange.ts';
import { domainNameOf } from '../exchange/domain-name.ts';
import { headerValue } from '../exchange/header-lines.ts';
import { beginTrace } from '../exchange/trace-header.ts';
import { type GatewayRuntime, newExtendedRequestId } from '../gateway-runtime.ts';
import { headersTooLarge, requestTooLarge } from './refusals.ts';
import type { RestCall } from './rest-call.ts';

/** Gives a request its ids, its time and its trace. */
export function acceptRestCall(
  runtime: GatewayRuntime,
  api: RestApiModel,
  request: IncomingRequest,
): RestCall {
  const trace = beginTrace(headerValue(request.headers, 'x-amzn-trace-id'), runtime);
  return {
    api,
    request,
    requestId: runtime.ids.uuid(),
    extendedRequestId: newExtendedRequestId(runtime.ids),
    front: api.name,
    kind: 'rest',
    traceHeader: trace.invocationHeader,
    domainName: domainNameOf(request, runtime, { id: api.id, service: 'execute-api' }),
    startedAtMs: runtime.clock(),
    trace,
  };
}

/** @throws RestRefusal 413 over 10 MB of body, 431 over 10,240 bytes of head. */
export function checkRestLimits({ request }: RestCall): void {
  if (request.excess === 'body') {
    throw requestTooLarge({ step: 'received', reason: 'the body has more than 10 MB' });
  }
  if (request.excess === 'headers') {
    throw headersTooLarge({ step: 'received', reason: 'the head has more than 10,240 bytes' });
  }
}
