import { formatRequestTime } from '../exchange/request-time.ts';
import { groupByName, parseQueryString, toRecord } from '../exchange/query-string.ts';
import type { IamCaller } from '../iam/iam-caller.ts';
import {
  decodedPath,
  domainPrefix,
  eventBody,
  eventHeaderLines,
  pathParameters,
  stageVariables,
  userAgent,
} from './event-parts.ts';
import type { AuthorizedHttpCall, HttpCaller, RoutedHttpCall } from './http-call.ts';

/** The payload format 2.0 event of a call. Members that are undefined are absent: it is JSON text when it leaves. */
export function toEventV2(call: AuthorizedHttpCall, accountId: string): Record<string, unknown> {
  const { caller, route } = call;
  const parts = requestPartsV2(call);
  const { body, isBase64Encoded } = eventBody(call);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: parts.rawPath,
    rawQueryString: parts.rawQueryString,
    cookies: parts.cookies,
    headers: parts.headers,
    queryStringParameters: parts.queryStringParameters,
    requestContext: requestContextV2(call, { accountId, caller }),
    body,
    pathParameters: pathParameters(call),
    isBase64Encoded,
    stageVariables: stageVariables(call),
  };
}

export interface RequestPartsV2 {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies: readonly string[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters: Readonly<Record<string, string>> | undefined;
}

/** Path, query, cookies and headers: the same in an integration's and an authorizer's event. */
export function requestPartsV2(call: RoutedHttpCall): RequestPartsV2 {
  const { rawQuery } = call.request;
  const query = groupByName(parseQueryString(rawQuery));
  const lines = eventHeaderLines(call).map(({ key, value }) => [key, value] as const);
  const cookies = lines.filter(([key]) => key === 'cookie').flatMap(([, value]) => splitCookies(value));
  const headers = groupByName(lines.filter(([key]) => key !== 'cookie'));
  return {
    rawPath: decodedPath(call),
    rawQueryString: rawQuery,
    cookies: cookies.length === 0 ? undefined : cookies,
    headers: toRecord(headers, (values) => values.join(',')),
    queryStringParameters: query.size === 0 ? undefined : toRecord(query, (values) => values.join(',')),
  };
}

export function requestContextV2(
  call: RoutedHttpCall,
  { accountId, caller }: { readonly accountId: string; readonly caller: HttpCaller },
): Record<string, unknown> {
  return {
    accountId,
    apiId: call.api.id,
    authorizer: authorizerV2(caller),
    domainName: call.domainName,
    domainPrefix: domainPrefix(call),
    http: {
      method: call.request.method,
      path: decodedPath(call),
      protocol: call.request.protocol,
      sourceIp: call.request.sourceIp,
      userAgent: userAgent(call),
    },
    requestId: call.requestId,
    routeKey: call.route.routeKey,
    stage: call.stage.name,
    time: formatRequestTime(call.startedAtMs),
    timeEpoch: call.startedAtMs,
  };
}

/** `a=1; b=2` -> `a=1`, `b=2`. */
export function splitCookies(header: string): string[] {
  return header
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
}

function authorizerV2(caller: HttpCaller): Record<string, unknown> | undefined {
  switch (caller.kind) {
    case 'anonymous':
      return undefined;
    case 'lambda':
      return { lambda: caller.context };
    case 'jwt':
      return { jwt: { claims: caller.claims, scopes: caller.scopes } };
    case 'iam':
      return { iam: iamAuthorizer(caller.caller) };
  }
}

/** `requestContext.authorizer.iam`, the same behind a function URL. */
export function iamAuthorizer(caller: IamCaller): Record<string, unknown> {
  return {
    accessKey: caller.accessKeyId,
    accountId: caller.accountId,
    callerId: caller.userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: caller.userArn,
    userId: caller.userId,
  };
}
