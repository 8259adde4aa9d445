import type { GatewayRuntime } from '../gateway-runtime.ts';
import type { IamCaller } from '../iam/iam-caller.ts';
import { verifySignature } from '../iam/verify-signature.ts';
import type { RoutedHttpCall } from './http-call.ts';
import { HttpRefusal } from './http-refusal.ts';

/**
 * Finds out who signed a call to an `AWS_IAM` route. Every caller that the host knows may invoke: their own IAM policies
 * are not evaluated.
 *
 * @throws HttpRefusal 403
 */
export function verifyHttpSignature(runtime: GatewayRuntime, call: RoutedHttpCall): IamCaller {
  const verdict = verifySignature(call.request, {
    service: 'execute-api',
    region: runtime.region,
    nowMs: call.startedAtMs,
    credentials: runtime.credentials,
  });
  if (verdict.kind === 'verified') return verdict.caller;
  throw new HttpRefusal(403, { step: 'authorizer', reason: verdict.reason, detail: { rule: verdict.kind } });
}
