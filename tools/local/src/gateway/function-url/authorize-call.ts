import type { GatewayRuntime } from '../gateway-runtime.ts';
import { verifySignature } from '../iam/verify-signature.ts';
import type { AuthorizedFunctionUrlCall, FunctionUrlCall } from './function-url-call.ts';
import { FunctionUrlRefusal } from './function-url-refusal.ts';

/**
 * With auth type NONE everybody may call. With AWS_IAM a signature of a caller that the host knows is needed; that
 * caller's own IAM policies and the function's resource policy are not evaluated.
 *
 * @throws FunctionUrlRefusal 403
 */
export function authorizeFunctionUrlCall(
  runtime: GatewayRuntime,
  call: FunctionUrlCall,
): AuthorizedFunctionUrlCall {
  if (call.url.authType === 'NONE') return call;
  const verdict = verifySignature(call.request, {
    service: 'lambda',
    region: runtime.region,
    nowMs: call.startedAtMs,
    credentials: runtime.credentials,
  });
  if (verdict.kind === 'verified') return { caller: verdict.caller, ...call };
  throw new FunctionUrlRefusal('forbidden', 'authorizer', verdict.reason);
}
