import type { GatewayRuntime } from '../gateway-runtime.ts';
import { forwardRestCall } from './integrate-http.ts';
import { invokeProxy } from './integrate-lambda.ts';
import { answerMock } from './integrate-mock.ts';
import type { IntegrationAnswer } from './integration-answer.ts';
import { integrationConfigurationError } from './refusals.ts';
import type { AuthorizedRestCall } from './rest-call.ts';

/**
 * Lets the method's integration answer.
 *
 * @throws RestRefusal
 */
export async function integrateRestCall(
  runtime: GatewayRuntime,
  call: AuthorizedRestCall,
): Promise<IntegrationAnswer> {
  const { integration } = call.method;
  switch (integration.type) {
    case 'AWS_PROXY':
      return invokeProxy(runtime, call, integration);
    case 'HTTP_PROXY':
      return forwardRestCall(runtime, call, integration);
    case 'MOCK':
      return { response: answerMock(call, integration), integration: { latencyMs: 0 } };
    case 'UNSUPPORTED':
      throw integrationConfigurationError({
        reason: `the host does not do integrations of type ${integration.declaredType}`,
      });
  }
}
