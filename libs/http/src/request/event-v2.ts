import { EventRequest } from './event-request.ts';
import type { EventV2 } from './events.ts';
import type { Front, MultiValues } from './http-request.ts';
import { lowerCase, toMultiValues } from './multi-values.ts';
import { withoutStage } from './path-prefix.ts';
import { encodeDecodedPath, encodePath } from './percent-encoding.ts';
import { parseQueryString } from './query-string.ts';

/** A request by an event with payload 2.0: an HTTP API's or a function URL's. */
export class EventV2Request extends EventRequest<EventV2> {
  /** A function URL has no routes: its events name `$default`, or nothing in a test event by hand. */
  override get front(): Front {
    const { routeKey = '$default', requestContext } = this.event;
    const { domainName, accountId } = requestContext;
    const isUrl = accountId === 'anonymous' || domainName?.includes('.lambda-url.') === true;
    return routeKey === '$default' && isUrl ? 'url' : 'http-2.0';
  }

  protected override get sentMethod(): string {
    return this.event.requestContext.http.method;
  }

  override get routeKey(): string | undefined {
    const { routeKey } = this.event;
    return routeKey?.startsWith('ANY ') ? this.method + routeKey.slice(3) : routeKey;
  }

  override get routeParams(): Readonly<Record<string, string>> | undefined {
    return this.event.pathParameters ?? undefined;
  }

  /** The front has made names lower case. An HTTP API takes Cookie out of the headers; here it is back. */
  override header(name: string): string | undefined {
    const { headers, cookies } = this.event;
    const value: unknown = headers?.[name];
    if (typeof value === 'string') return value;
    return name === 'cookie' ? cookies?.join('; ') : undefined;
  }

  protected override readPath(): string {
    const { rawPath = '/', routeKey } = this.event;
    if (this.front === 'url') return encodePath(rawPath);
    return withoutStage(encodeDecodedPath(rawPath), this.stage, routeKey?.slice(routeKey.indexOf('/')));
  }

  protected override readQuery(): MultiValues {
    return parseQueryString(this.event.rawQueryString ?? '');
  }

  protected override readHeaders(): MultiValues {
    const { headers, cookies } = this.event;
    const values = toMultiValues(headers, lowerCase);
    if (cookies) values['cookie'] ??= [cookies.join('; ')];
    return values;
  }
}
