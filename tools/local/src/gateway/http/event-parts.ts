import { toBuffer } from '../exchange/exchange.ts';
import { headerValue, headerValues, type HeaderLine } from '../exchange/header-lines.ts';
import { decodePercent } from '../exchange/percent-decoding.ts';
import type { HttpCall, RoutedHttpCall, StagedHttpCall } from './http-call.ts';

/** The media types that an HTTP API hands on as text; all others, and none at all, arrive in base64. */
const TEXT_TYPES = new Set(['application/json', 'application/xml', 'application/javascript']);

/** The request's body as an event holds it; undefined when it is empty. */
export function eventBody({ request }: HttpCall): {
  readonly body?: string;
  readonly isBase64Encoded: boolean;
} {
  if (request.body.byteLength === 0) return { isBase64Encoded: false };
  const bytes = toBuffer(request.body);
  return isTextType(headerValue(request.headers, 'content-type'))
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}

export function isTextType(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || TEXT_TYPES.has(type);
}

/** The client's headers with what the gateway adds: the length, the trace and where the request came from. */
export function eventHeaderLines({ request, trace }: HttpCall): HeaderLine[] {
  const lines = request.headers.filter(({ key }) => !REPLACED.has(key));
  const add = (key: string, value: string): void => void lines.push({ name: key, key, value });
  add('content-length', String(request.body.byteLength));
  add('x-amzn-trace-id', trace.eventHeader);
  add('x-forwarded-for', [...headerValues(request.headers, 'x-forwarded-for'), request.sourceIp].join(', '));
  add('x-forwarded-port', '443');
  add('x-forwarded-proto', 'https');
  return lines;
}

/** Hop-by-hop headers, and those that the gateway writes itself. */
const REPLACED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'content-length',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** Decoded, as 2.0 events show it: a named stage stands in it, `$default` does not. */
export function decodedPath({ request }: HttpCall): string {
  return decodePercent(request.path);
}

/** `{ name: value }`, or undefined when there is none. */
export function stageVariables({ stage }: StagedHttpCall): Readonly<Record<string, string>> | undefined {
  return Object.keys(stage.variables).length === 0 ? undefined : stage.variables;
}

/** `{ name: value }`, or undefined when the route has no parameter. */
export function pathParameters({
  pathParameters: pairs,
}: RoutedHttpCall): Record<string, string> | undefined {
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** The path of a route key: `/users/{id}`, or `$default`. */
export function routeResource({ route }: RoutedHttpCall): string {
  return route.routeKey.split(' ')[1] ?? route.routeKey;
}

export function userAgent({ request }: HttpCall): string {
  return headerValue(request.headers, 'user-agent') ?? '';
}

export function domainPrefix({ domainName }: Pick<HttpCall, 'domainName'>): string {
  return domainName.split('.')[0] ?? domainName;
}
