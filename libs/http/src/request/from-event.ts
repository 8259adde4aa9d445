import { HttpError } from '../errors.ts';
import { EventRequest } from './event-request.ts';
import type { LambdaEvent } from './events.ts';
import type { Front, HttpRequest } from './http-request.ts';

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
export function fromEvent(event: unknown, { basePath = '' }: FromEventOptions = {}): HttpRequest {
  const front = frontOf(event ?? {});
  if (front) return new EventRequest(event as LambdaEvent, front, basePath);
  const keys = Object.keys(event ?? {})
    .slice(0, 10)
    .join(', ');
  const seen = typeof event === 'object' ? `an object with the keys ${keys || '(none)'}` : typeof event;
  throw new HttpError(
    'HTTP_EVENT_UNKNOWN',
    `Not an event of a REST API, an HTTP API or a function URL: ${seen}. ` +
      'A test event needs version "2.0" and requestContext.http.method, or httpMethod and requestContext.',
  );
}

/** `undefined` for an event of another service. A load balancer's looks like a REST API's but for `requestContext.elb`, and takes other results. */
function frontOf({ version, httpMethod, routeKey, requestContext }: Partial<LambdaEvent>): Front | undefined {
  if (version === '2.0') {
    if (typeof requestContext?.http?.method !== 'string') return undefined;
    // A function URL has no routes: its events name `$default`, or nothing in a test event by hand.
    if (routeKey !== undefined && routeKey !== '$default') return 'http-2.0';
    const { accountId, domainName } = requestContext;
    const isUrl = accountId === 'anonymous' || domainName?.includes('.lambda-url.') === true;
    return isUrl ? 'url' : 'http-2.0';
  }
  if (typeof httpMethod !== 'string' || !requestContext || 'elb' in requestContext) return undefined;
  if (version === undefined) return 'rest';
  return version === '1.0' ? 'http-1.0' : undefined;
}
