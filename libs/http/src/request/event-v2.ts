import type { AuthorizerResult } from './authorizer-result.ts';
import { iamResult, isRecord, jwtResult } from './authorizer-reading.ts';
import type { EventReader } from './event-request.ts';
import type { EventV2 } from './events.ts';
import type { MultiValues } from './http-request.ts';
import { parseQueryString } from './query-string.ts';
import { createRecord } from '../null-record.ts';

/** Reads an event with payload 2.0: an HTTP API's or a function URL's. */
export const eventV2Reader: EventReader<EventV2> = {
  requestId(event): string {
    return event.requestContext.requestId ?? '';
  },
  stage(event): string {
    return event.requestContext.stage ?? '$default';
  },
  host(event): string {
    return event.requestContext.domainName ?? this.header(event, 'host') ?? '';
  },
  clientIp(event): string {
    return event.requestContext.http.sourceIp ?? '';
  },
  receivedAtMs(event): number {
    return event.requestContext.timeEpoch ?? 0;
  },
  routeParams(event): Readonly<Record<string, string>> | undefined {
    return event.pathParameters;
  },
  rawBody(event): string {
    return event.body ?? '';
  },
  isBase64(event): boolean {
    return event.isBase64Encoded === true;
  },

  /** The front has made names lower case. An HTTP API takes Cookie out of the headers; here it is back. */
  header(event, name): string | undefined {
    const value: unknown = event.headers?.[name];
    if (typeof value === 'string') return value;
    return name === 'cookie' ? event.cookies?.join('; ') : undefined;
  },

  headers(event): MultiValues {
    const { headers = {}, cookies } = event;
    const values = createRecord<readonly string[]>();
    for (const key of Object.keys(headers)) values[key.toLowerCase()] = [headers[key] ?? ''];
    if (cookies && !('cookie' in values)) values['cookie'] = [cookies.join('; ')];
    return Object.freeze(values);
  },

  query(event): MultiValues {
    return parseQueryString(event.rawQueryString ?? '');
  },

  cookiePairs(event): Iterable<string> {
    return event.cookies ?? (this.header(event, 'cookie') ?? '').split(';');
  },

  authorizer(event): AuthorizerResult {
    const authorizer = event.requestContext.authorizer;
    if (!authorizer) return { kind: 'none' };
    const { lambda, jwt, iam } = authorizer;
    if (isRecord(iam)) return iamResult(iam);
    if (isRecord(jwt)) return jwtResult(isRecord(jwt['claims']) ? jwt['claims'] : {}, jwt['scopes']);
    return { kind: 'lambda', context: isRecord(lambda) ? lambda : {} };
  },
};
