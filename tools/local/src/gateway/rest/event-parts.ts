import { type HeaderLine, headerValue, headerValues } from '../exchange/header-lines.ts';
import { groupByName, parseQueryString, toRecord } from '../exchange/query-string.ts';
import { formatRequestTime } from '../exchange/request-time.ts';
import type { RestCall, RestCaller, RoutedRestCall } from './rest-call.ts';

/** Headers that never reach an integration's event. */
const DROPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** Names whose casing the gateway rewrites; all others stay as they were sent. */
const RECASED: Readonly<Record<string, string>> = {
  authorization: 'Authorization',
  host: 'Host',
  'user-agent': 'User-Agent',
};

/** The client's headers as an event has them, with the trace and where the request came from. */
export function restHeaderLines({ request, trace }: RestCall): readonly HeaderLine[] {
  const lines = request.headers
    .filter(({ key }) => !DROPPED.has(key))
    .map(({ key, name, value }) => ({ name: RECASED[key] ?? name, key, value }));
  const add = (name: string, value: string): void =>
    void lines.push({ name, key: name.toLowerCase(), value });
  add('X-Amzn-Trace-Id', trace.eventHeader);
  add('X-Forwarded-For', [...headerValues(request.headers, 'x-forwarded-for'), request.sourceIp].join(', '));
  add('X-Forwarded-Port', '443');
  add('X-Forwarded-Proto', 'https');
  return lines;
}

export interface RestRequestMaps {
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly queryStringParameters: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters: Readonly<Record<string, readonly string[]>> | null;
}

/** Headers and query, each by last value and by all values. `absent` stands for no query: null, or `{}` for authorizers. */
export function restRequestMaps(call: RestCall, absent: null | Record<string, never>): RestRequestMaps {
  const headers = groupByFirstCasing(restHeaderLines(call));
  const query = groupByName(parseRestQuery(call.request.rawQuery));
  return {
    headers: toRecord(headers, last),
    multiValueHeaders: toRecord(headers, (values) => values),
    queryStringParameters: query.size === 0 ? absent : toRecord(query, last),
    multiValueQueryStringParameters: query.size === 0 ? absent : toRecord(query, (values) => values),
  };
}

/** A REST API splits a query at semicolons too. */
export function parseRestQuery(rawQuery: string): readonly (readonly [string, string])[] {
  return parseQueryString(rawQuery, /[&;]/);
}

/** Members that are undefined are absent from the event: it is JSON text when it leaves. */
export function restRequestContext(call: RoutedRestCall, accountId: string): Record<string, unknown> {
  const { request, method, caller } = call;
  return {
    resourceId: method.resourceId,
    authorizer: caller === undefined ? undefined : authorizerContext(caller),
    resourcePath: method.path,
    httpMethod: request.method,
    extendedRequestId: call.extendedRequestId,
    requestTime: formatRequestTime(call.startedAtMs),
    path: request.path,
    accountId,
    protocol: request.protocol,
    stage: call.stage.name,
    domainPrefix: call.domainName.split('.')[0] ?? call.domainName,
    requestTimeEpoch: call.startedAtMs,
    requestId: call.requestId,
    identity: identity(call),
    domainName: call.domainName,
    deploymentId: call.api.deploymentId ?? 'local',
    apiId: call.api.id,
  };
}

function authorizerContext(caller: RestCaller): Record<string, unknown> | undefined {
  if (caller.kind !== 'lambda') return undefined;
  return {
    ...caller.context,
    principalId: caller.principalId,
    integrationLatency: caller.integrationLatencyMs,
  };
}

function identity({ request, caller, apiKey }: RoutedRestCall): Record<string, unknown> {
  const iam = caller?.kind === 'iam' ? caller.caller : undefined;
  return {
    cognitoIdentityPoolId: null,
    accountId: iam?.accountId ?? null,
    cognitoIdentityId: null,
    caller: iam?.userId ?? null,
    apiKey: apiKey?.value,
    apiKeyId: apiKey?.id,
    sourceIp: request.sourceIp,
    principalOrgId: null,
    accessKey: iam?.accessKeyId ?? null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: iam?.userArn ?? null,
    userAgent: headerValue(request.headers, 'user-agent') ?? null,
    user: iam?.userId ?? null,
  };
}

/** Names are equal without regard to case; the first one's casing is shown. */
function groupByFirstCasing(lines: readonly HeaderLine[]): ReadonlyMap<string, readonly string[]> {
  const casing = new Map<string, string>();
  for (const { key, name } of lines) if (!casing.has(key)) casing.set(key, name);
  return groupByName(lines.map(({ key, name, value }) => [casing.get(key) ?? name, value]));
}

function last(values: readonly string[]): string {
  return values.at(-1) ?? '';
}
