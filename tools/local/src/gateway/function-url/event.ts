import { toBuffer } from '../exchange/exchange.ts';
import { headerValue, headerValues } from '../exchange/header-lines.ts';
import { groupByName, parseQueryString, toRecord } from '../exchange/query-string.ts';
import { formatRequestTime } from '../exchange/request-time.ts';
import { domainPrefix, isTextType } from '../http/event-parts.ts';
import { iamAuthorizer, splitCookies } from '../http/event-v2.ts';
import type { AuthorizedFunctionUrlCall, FunctionUrlCall } from './function-url-call.ts';

/** Hop-by-hop headers, and those that Lambda writes itself. */
const REPLACED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/**
 * The event of a function URL: format 2.0 with route `$default`. Unlike an HTTP API's, it has the path still encoded and
 * keeps the cookie header beside `cookies`. Members that are undefined are absent: it is JSON text when it leaves.
 */
export function toFunctionUrlEvent(call: AuthorizedFunctionUrlCall): Record<string, unknown> {
  const { request, caller, url } = call;
  const query = groupByName(parseQueryString(request.rawQuery));
  const cookies = headerValues(request.headers, 'cookie').flatMap(splitCookies);
  const { body, isBase64Encoded } = eventBody(call);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    cookies: cookies.length === 0 ? undefined : cookies,
    headers: eventHeaders(call),
    queryStringParameters: query.size === 0 ? undefined : toRecord(query, (values) => values.join(',')),
    requestContext: {
      accountId: caller?.accountId ?? 'anonymous',
      apiId: url.id,
      authorizer: caller === undefined ? undefined : { iam: iamAuthorizer(caller) },
      domainName: call.domainName,
      domainPrefix: domainPrefix(call),
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headerValue(request.headers, 'user-agent') ?? '',
      },
      requestId: call.requestId,
      routeKey: '$default',
      stage: '$default',
      time: formatRequestTime(call.startedAtMs),
      timeEpoch: call.startedAtMs,
    },
    body,
    isBase64Encoded,
  };
}

function eventHeaders({ request, trace }: FunctionUrlCall): Record<string, string> {
  const pairs = request.headers
    .filter(({ key }) => !REPLACED.has(key))
    .map(({ key, value }) => [key, value] as const);
  const forwarded = [...headerValues(request.headers, 'x-forwarded-for'), request.sourceIp].join(', ');
  const added = [
    ['x-amzn-trace-id', trace.eventHeader],
    ['x-forwarded-for', forwarded],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ] as const;
  return toRecord(groupByName([...pairs, ...added]), (values) => values.join(','));
}

function eventBody({ request }: FunctionUrlCall): { body?: string; isBase64Encoded: boolean } {
  if (request.body.byteLength === 0) return { isBase64Encoded: false };
  const bytes = toBuffer(request.body);
  return isTextType(headerValue(request.headers, 'content-type'))
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}
