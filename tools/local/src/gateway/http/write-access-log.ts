import { headerValue } from '../exchange/header-lines.ts';
import { formatRequestTime } from '../exchange/request-time.ts';
import type { ContextVariables } from '../exchange/substitute-variables.ts';
import { writeAccessLine } from '../exchange/write-access-line.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import type { HttpCall } from './http-call.ts';
import type { HttpEnding } from './http-ending.ts';

export function writeHttpAccessLog(runtime: GatewayRuntime, call: HttpCall, ending: HttpEnding): void {
  writeAccessLine(runtime, {
    apiId: call.api.id,
    stage: call.stage,
    startedAtMs: call.startedAtMs,
    response: ending.response,
    integration: ending.integration,
    context: contextVariables(call, runtime.accountId, ending),
  });
}

function contextVariables(call: HttpCall, accountId: string, { refusal }: HttpEnding): ContextVariables {
  const { request, caller } = call;
  const iam = caller?.kind === 'iam' ? caller.caller : undefined;
  const values: Readonly<Record<string, string | undefined>> = {
    accountId,
    apiId: call.api.id,
    domainName: call.domainName,
    domainPrefix: call.domainName.split('.')[0],
    'error.message': refusal?.text,
    'error.messageString': refusal === undefined ? undefined : JSON.stringify(refusal.text),
    extendedRequestId: call.requestId,
    httpMethod: request.method,
    'identity.accountId': iam?.accountId,
    'identity.caller': iam?.userId,
    'identity.sourceIp': request.sourceIp,
    'identity.user': iam?.userId,
    'identity.userAgent': headerValue(request.headers, 'user-agent'),
    'identity.userArn': iam?.userArn,
    'integration.error': refusal?.why.step === 'integration' ? refusal.why.reason : undefined,
    integrationErrorMessage: refusal?.why.step === 'integration' ? refusal.why.reason : undefined,
    'authorizer.error': refusal?.why.step === 'authorizer' ? refusal.text : undefined,
    path: request.path,
    protocol: request.protocol,
    requestId: call.requestId,
    requestTime: formatRequestTime(call.startedAtMs),
    requestTimeEpoch: String(call.startedAtMs),
    routeKey: call.route?.routeKey,
    stage: call.stage?.name,
  };
  return (name) => values[name] ?? authorizerVariable(call, name);
}

function authorizerVariable({ caller }: HttpCall, name: string): string | undefined {
  if (caller?.kind !== 'lambda' || !name.startsWith('authorizer.')) return undefined;
  const property = name.slice('authorizer.'.length);
  if (property === 'principalId') return caller.principalId;
  const value = caller.context?.[property];
  return value === undefined || value === null
    ? undefined
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}
