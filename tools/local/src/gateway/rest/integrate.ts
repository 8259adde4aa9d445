import type { OutgoingResponse } from '../exchange/exchange.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import type { AuthorizedRestCall } from './rest-call.ts';
import { answerMock } from './integrate-mock.ts';
import { acceptsBinary } from './binary-media.ts';
import { invokeProxy } from './integrate-lambda.ts';
import { integrationConfigurationError } from './refusals.ts';

/**
 * Lets the method's integration answer.
 *
 * @throws RestRefusal
 */
export async function integrateRestCall(
  runtime: GatewayRuntime,
  call: AuthorizedRestCall,
): Promise<OutgoingResponse> {
  const { integration } = call.method;
  switch (integration.type) {
    case 'AWS_PROXY': {
      const accept = headerValue(call.request.headers, 'accept');
      return invokeProxy(runtime, call, {
        integration,
        acceptsBinary: acceptsBinary(call.api.binaryMediaTypes, accept),
      });
    }
    case 'MOCK':
      return answerMock(call, integration);
    case 'UNSUPPORTED':
      throw integrationConfigurationError({
        reason: `the host does not do integrations of type ${integration.declaredType}`,
      });
  }
}
