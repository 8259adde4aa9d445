import { toTrainCase } from '../exchange/header-casing.ts';
import { groupByName, parseQueryString, toRecord } from '../exchange/query-string.ts';
import { formatRequestTime } from '../exchange/request-time.ts';
import {
  decodedPath,
  domainPrefix,
  eventBody,
  eventHeaderLines,
  pathParameters,
  routeResource,
  stageVariables,
  userAgent,
} from './event-parts.ts';
import type { AuthorizedHttpCall, HttpCaller, RoutedHttpCall } from './http-call.ts';

/** The payload format 1.0 event of an HTTP API: a REST API's shape, with differences in casing and decoding. */
export function toEventV1(call: AuthorizedHttpCall, accountId: string): Record<string, unknown> {
  const { body, isBase64Encoded } = eventBody(call);
  return {
    version: '1.0',
    ...requestPartsV1(call),
    requestContext: requestContextV1(call, { accountId, caller: call.caller }),
    pathParameters: pathParameters(call) ?? null,
    stageVariables: stageVariables(call) ?? null,
    body: body ?? null,
    isBase64Encoded,
  };
}

export function requestPartsV1(call: RoutedHttpCall): Record<string, unknown> {
  const query = groupByName(parseQueryString(call.request.rawQuery));
  const headers = groupByName(eventHeaderLines(call).map(({ name, value }) => [toTrainCase(name), value]));
  return {
    resource: routeResource(call),
    path: call.request.path,
    httpMethod: call.request.method,
    headers: toRecord(headers, last),
    multiValueHeaders: toRecord(headers, (values) => values),
    queryStringParameters: query.size === 0 ? null : toRecord(query, last),
    multiValueQueryStringParameters: query.size === 0 ? null : toRecord(query, (values) => values),
  };
}

export function requestContextV1(
  call: RoutedHttpCall,
  { accountId, caller }: { readonly accountId: string; readonly caller: HttpCaller },
): Record<string, unknown> {
  return {
    accountId,
    apiId: call.api.id,
    authorizer: authorizerV1(caller),
    domainName: call.domainName,
    domainPrefix: domainPrefix(call),
    extendedRequestId: call.requestId,
    httpMethod: call.request.method,
    identity: identityV1(call, caller),
    path: decodedPath(call),
    protocol: call.request.protocol,
    requestId: call.requestId,
    requestTime: formatRequestTime(call.startedAtMs),
    requestTimeEpoch: call.startedAtMs,
    resourceId: call.route.routeKey,
    resourcePath: routeResource(call),
    stage: call.stage.name,
  };
}

function identityV1(call: RoutedHttpCall, caller: HttpCaller): Record<string, unknown> {
  const iam = caller.kind === 'iam' ? caller.caller : undefined;
  return {
    accessKey: iam?.accessKeyId ?? null,
    accountId: iam?.accountId ?? null,
    caller: iam?.userId ?? null,
    cognitoAmr: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: call.request.sourceIp,
    user: iam?.userId ?? null,
    userAgent: userAgent(call),
    userArn: iam?.userArn ?? null,
  };
}

function authorizerV1(caller: HttpCaller): Record<string, unknown> | undefined {
  if (caller.kind === 'jwt') return { claims: caller.claims, scopes: caller.scopes };
  if (caller.kind !== 'lambda') return undefined;
  const principal = caller.principalId === undefined ? {} : { principalId: caller.principalId };
  return { ...principal, ...caller.context };
}

function last(values: readonly string[]): string {
  return values.at(-1) ?? '';
}
