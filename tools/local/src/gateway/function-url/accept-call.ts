import type { FunctionUrlModel } from '../../model/app-model.ts';
import { domainNameOf } from '../exchange/domain-name.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { IncomingRequest } from '../exchange/exchange.ts';
import { beginTrace } from '../exchange/trace-header.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import type { FunctionUrlCall } from './function-url-call.ts';
import { FunctionUrlRefusal } from './function-url-refusal.ts';

/** Gives a request its id, its time and its trace. */
export function acceptFunctionUrlCall(
  runtime: GatewayRuntime,
  url: FunctionUrlModel,
  request: IncomingRequest,
): FunctionUrlCall {
  const trace = beginTrace(headerValue(request.headers, 'x-amzn-trace-id'), runtime);
  return {
    url,
    request,
    requestId: runtime.ids.uuid(),
    front: url.name,
    kind: 'url',
    traceHeader: trace.invocationHeader,
    domainName: domainNameOf(request, runtime, { id: url.id, service: 'lambda-url' }),
    startedAtMs: runtime.clock(),
    trace,
  };
}

/** @throws FunctionUrlRefusal 413 over 6 MB of body, 431 over 10,240 bytes of head. */
export function checkFunctionUrlLimits({ request }: FunctionUrlCall): void {
  if (request.excess === 'body') {
    throw new FunctionUrlRefusal('body-too-large', 'received', 'the body has more than 6 MB');
  }
  if (request.excess === 'headers') {
    throw new FunctionUrlRefusal('headers-too-large', 'received', 'the head has more than 10,240 bytes');
  }
}
