import { HttpError } from '../errors.ts';
import { EventV1Request } from './event-v1.ts';
import { EventV2Request } from './event-v2.ts';
import type { EventV1, EventV2 } from './events.ts';
import type { HttpRequest } from './http-request.ts';

export interface FromEventOptions {
  /** Prefix to take off the path: `/v1`. A path outside it is left as it is. */
  readonly basePath?: string;
}

/** By what an event is told from another, of whatever service. */
interface UnknownEvent {
  readonly version?: unknown;
  readonly httpMethod?: unknown;
  readonly requestContext?: { readonly http?: { readonly method?: unknown }; readonly elb?: unknown } | null;
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
  const { version, httpMethod, requestContext } = (event ?? {}) as UnknownEvent;
  if (version === '2.0' && typeof requestContext?.http?.method === 'string') {
    return new EventV2Request(event as EventV2, basePath);
  }
  const isV1 = (version === undefined || version === '1.0') && typeof httpMethod === 'string';
  // A load balancer's event looks the same but for `requestContext.elb`, and takes other results.
  if (isV1 && requestContext && requestContext.elb === undefined) {
    return new EventV1Request(event as EventV1, basePath);
  }
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
