import { HttpError } from '../errors.ts';
import { isRecord } from './authorizer-reading.ts';
import { EventRequest } from './event-request.ts';
import { eventV1Reader } from './event-v1.ts';
import { eventV2Reader } from './event-v2.ts';
import type { EventV1, EventV2 } from './events.ts';
import type { HttpRequest } from './http-request.ts';
import { encodeDecodedPath, encodePath } from './percent-encoding.ts';

const METHODS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

export interface FromEventOptions {
  /** Prefix to take off the path: `/v1`. A path outside it is left as it is. */
  readonly basePath?: string;
}

/**
 * The request of any of the four events. Throws HttpError HTTP_EVENT_UNKNOWN for anything else: another service's
 * event must fail its invocation, not be answered as if it were handled.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function fromEvent(event: unknown, options: FromEventOptions = {}): HttpRequest {
  const basePath = options.basePath ?? '';
  if (isEventV2(event)) return fromEventV2(event, basePath);
  if (isEventV1(event)) return fromEventV1(event, basePath);
  throw new HttpError('HTTP_EVENT_UNKNOWN', unknownEventMessage(event));
}

function isEventV2(event: unknown): event is EventV2 {
  return (
    isRecord(event) &&
    event['version'] === '2.0' &&
    isRecord(event['requestContext']) &&
    isRecord(event['requestContext']['http']) &&
    typeof event['requestContext']['http']['method'] === 'string'
  );
}

/** A load balancer's event looks the same but for `requestContext.elb`, and takes other results. */
function isEventV1(event: unknown): event is EventV1 {
  return (
    isRecord(event) &&
    typeof event['httpMethod'] === 'string' &&
    isRecord(event['requestContext']) &&
    !('elb' in event['requestContext']) &&
    (event['version'] === undefined || event['version'] === '1.0')
  );
}

function fromEventV1(event: EventV1, basePath: string): HttpRequest {
  const front = event.version === undefined ? 'rest' : 'http-1.0';
  const method = upperCase(event.httpMethod);
  let path = encodePath(event.path ?? '/');
  if (front === 'http-1.0') path = withoutStage(path, event.requestContext.stage, event.resource);
  const routeKey = event.resource === undefined ? undefined : `${method} ${event.resource}`;
  return new EventRequest(
    { front, method, path: withoutPrefix(path, basePath), routeKey },
    event,
    eventV1Reader,
  );
}

function fromEventV2(event: EventV2, basePath: string): HttpRequest {
  const { requestContext } = event;
  const front = isFunctionUrl(event) ? 'url' : 'http-2.0';
  const method = upperCase(requestContext.http.method);
  const routeKey = event.routeKey?.startsWith('ANY ')
    ? `${method}${event.routeKey.slice(3)}`
    : event.routeKey;
  const rawPath = event.rawPath ?? '/';
  const path =
    front === 'url'
      ? encodePath(rawPath)
      : withoutStage(encodeDecodedPath(rawPath), requestContext.stage, routeKey?.slice(method.length + 1));
  return new EventRequest(
    { front, method, path: withoutPrefix(path, basePath), routeKey },
    event,
    eventV2Reader,
  );
}

/** V8 has no fast path for toUpperCase, and nearly every method is upper case. */
function upperCase(method: string): string {
  return METHODS.has(method) ? method : method.toUpperCase();
}

/** A function URL has no routes: its events name `$default`, or nothing in a test event by hand. */
function isFunctionUrl({ routeKey = '$default', requestContext }: EventV2): boolean {
  if (routeKey !== '$default') return false;
  const { domainName, accountId } = requestContext;
  return accountId === 'anonymous' || domainName?.includes('.lambda-url.') === true;
}

/**
 * An HTTP API's named stage stands in the path; `$default` does not. A path that begins with the stage's name because the
 * route does is left alone.
 */
function withoutStage(path: string, stage: string | undefined, template: string | undefined): string {
  if (stage === undefined || stage === '$default') return path;
  const prefix = `/${stage}`;
  const rest = withoutPrefix(path, prefix);
  const routeHasIt = template === prefix || template?.startsWith(`${prefix}/`) === true;
  return routeHasIt && rest !== prefix && !rest.startsWith(`${prefix}/`) ? path : rest;
}

function withoutPrefix(path: string, prefix: string): string {
  if (!path.startsWith('/')) path = `/${path}`;
  if (prefix === '' || !path.startsWith(prefix)) return path;
  if (path.length === prefix.length) return '/';
  return path.charAt(prefix.length) === '/' ? path.slice(prefix.length) : path;
}

function unknownEventMessage(event: unknown): string {
  const keys = isRecord(event) ? Object.keys(event).slice(0, 10).join(', ') : undefined;
  const seen = keys === undefined ? typeof event : `an object with the keys ${keys || '(none)'}`;
  return (
    'Not an event of a REST API, an HTTP API (payload 1.0 or 2.0) or a function URL: ' +
    `${seen}. A test event needs version "2.0" and requestContext.http.method, or httpMethod and requestContext.`
  );
}
