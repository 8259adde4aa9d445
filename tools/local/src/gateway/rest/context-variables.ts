import { headerValue } from '../exchange/header-lines.ts';
import { formatRequestTime } from '../exchange/request-time.ts';
import type { ContextVariables } from '../exchange/substitute-variables.ts';
import type { RestCall } from './rest-call.ts';
import type { RestRefusalFacts } from './rest-refusal.ts';

/** The variables that gateway responses and access logs may hold, as far as the call came. */
export function contextVariables(
  call: RestCall,
  accountId: string,
  refusal?: RestRefusalFacts,
): ContextVariables {
  const { request, method, stage, caller } = call;
  const values: Readonly<Record<string, string | undefined>> = {
    accountId,
    apiId: call.api.id,
    domainName: call.domainName,
    domainPrefix: call.domainName.split('.')[0],
    'error.message': refusal?.message ?? undefined,
    // The one variable that brings its quotes along.
    'error.messageString': refusal === undefined ? undefined : JSON.stringify(refusal.message),
    'error.responseType': refusal?.responseType,
    'error.validationErrorString': refusal?.validationError,
    extendedRequestId: call.extendedRequestId,
    httpMethod: request.method,
    'identity.accountId': caller?.kind === 'iam' ? caller.caller.accountId : undefined,
    'identity.apiKey': call.apiKey?.value,
    'identity.apiKeyId': call.apiKey?.id,
    'identity.caller': caller?.kind === 'iam' ? caller.caller.userId : undefined,
    'identity.sourceIp': request.sourceIp,
    'identity.user': caller?.kind === 'iam' ? caller.caller.userId : undefined,
    'identity.userAgent': headerValue(request.headers, 'user-agent'),
    'identity.userArn': caller?.kind === 'iam' ? caller.caller.userArn : undefined,
    'integration.error': refusal?.integrationError,
    integrationErrorMessage: refusal?.integrationError,
    path: request.path,
    protocol: request.protocol,
    requestId: call.requestId,
    requestTime: formatRequestTime(call.startedAtMs),
    requestTimeEpoch: String(call.startedAtMs),
    resourceId: method?.resourceId,
    resourcePath: method?.path,
    stage: stage?.name,
    xrayTraceId: call.traceHeader.replace(/^Root=/, '').split(';')[0],
  };
  return (name) => values[name] ?? authorizerVariable(call, name);
}

function authorizerVariable({ caller }: RestCall, name: string): string | undefined {
  if (caller?.kind !== 'lambda' || !name.startsWith('authorizer.')) return undefined;
  const property = name.slice('authorizer.'.length);
  return property === 'principalId' ? caller.principalId : caller.context[property];
}
