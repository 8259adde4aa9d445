import type { GatewayRuntime } from '../gateway-runtime.ts';
import { verifySignature } from '../iam/verify-signature.ts';
import { askAuthorizer } from './ask-authorizer.ts';
import {
  authorizerConfigurationError,
  expiredSignature,
  invalidSignature,
  unknownAccessKey,
} from './refusals.ts';
import type { RestAuthorization } from './rest-authorization.ts';
import type { AuthorizedRestCall, RestCaller, RoutedRestCall } from './rest-call.ts';
import { unsigned } from './route-method.ts';

/**
 * Finds out who calls, as the method demands.
 *
 * @throws RestRefusal 401 without identity, 403 when refused, 500 when the authorizer fails.
 */
export async function authorizeRestCall(
  authorization: RestAuthorization,
  call: RoutedRestCall,
): Promise<AuthorizedRestCall> {
  const demand = call.method.authorization;
  switch (demand.kind) {
    case 'NONE':
      return { caller: { kind: 'anonymous' }, ...call };
    case 'AWS_IAM':
      return { caller: verifyCaller(authorization.runtime, call), ...call };
    case 'CUSTOM': {
      const authorizer = call.api.authorizers.find(({ id }) => id === demand.authorizerId);
      if (authorizer === undefined) {
        throw authorizerConfigurationError({
          step: 'authorizer',
          reason: `the method names the authorizer ${demand.authorizerId}, which the API does not have`,
        });
      }
      return { caller: await askAuthorizer(authorization, call, authorizer), ...call };
    }
  }
}

/** Every caller that the host knows may invoke: their own IAM policies are not evaluated. */
function verifyCaller(runtime: GatewayRuntime, call: RoutedRestCall): RestCaller {
  const verdict = verifySignature(call.request, {
    service: 'execute-api',
    region: runtime.region,
    nowMs: call.startedAtMs,
    credentials: runtime.credentials,
  });
  switch (verdict.kind) {
    case 'verified':
      return { kind: 'iam', caller: verdict.caller };
    case 'unsigned':
    case 'incomplete':
      throw unsigned(call, 'authorizer', verdict.reason);
    case 'unknown-key':
      throw unknownAccessKey({ step: 'authorizer', reason: verdict.reason });
    case 'expired':
      throw expiredSignature({ step: 'authorizer', reason: verdict.reason });
    case 'mismatch':
      throw invalidSignature({ step: 'authorizer', reason: verdict.reason });
  }
}
