import { domainNameOf } from '../exchange/domain-name.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { IncomingRequest } from '../exchange/exchange.ts';
import { beginTrace } from '../exchange/trace-header.ts';
import { type GatewayRuntime, newExtendedRequestId } from '../gateway-runtime.ts';
import type { HttpApiModel } from '../../model/app-model.ts';
import type { HttpCall } from './http-call.ts';
import { HttpRefusal } from './http-refusal.ts';

/** Gives a request its id, its time and its trace. */
export function acceptHttpCall(
  runtime: GatewayRuntime,
  api: HttpApiModel,
  request: IncomingRequest,
): HttpCall {
  const trace = beginTrace(headerValue(request.headers, 'x-amzn-trace-id'), runtime);
  return {
    api,
    request,
    requestId: newExtendedRequestId(runtime.ids),
    front: api.name,
    kind: 'http',
    traceHeader: trace.invocationHeader,
    domainName: domainNameOf(request, runtime, { id: api.id, service: 'execute-api' }),
    startedAtMs: runtime.clock(),
    trace,
  };
}

/**
 * @throws HttpRefusal 413 over 10 MB of body, 431 over 10,240 bytes of head, 400 for a path that cannot be decoded.
 */
export function checkHttpLimits({ request }: HttpCall): void {
  if (request.excess === 'body') {
    throw new HttpRefusal(413, { step: 'received', reason: 'the body has more than 10 MB' });
  }
  if (request.excess === 'headers') {
    throw new HttpRefusal(431, {
      step: 'received',
      reason: 'the request line and the headers have more than 10,240 bytes',
    });
  }
  if (/%(?![0-9a-f]{2})/i.test(request.path)) {
    throw new HttpRefusal(400, { step: 'received', reason: 'the path has a malformed percent sequence' });
  }
}
