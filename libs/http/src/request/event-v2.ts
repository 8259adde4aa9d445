import type { AuthorizerResult } from './authorizer-result.ts';
import { iamResult, isRecord, jwtResult } from './authorizer-reading.ts';
import type { EventReader } from './event-request.ts';
import type { EventV2 } from './events.ts';
import type { MultiValues } from './http-request.ts';
import { parseQueryString } from './query-string.ts';

/** Reads an event with payload 2.0: an HTTP API's or a function URL's. */
export class EventV2Reader implements EventReader {
  readonly #event: EventV2;

  constructor(event: EventV2) {
    this.#event = event;
  }

  get requestId(): string {
    return this.#event.requestContext.requestId ?? '';
  }
  get stage(): string {
    return this.#event.requestContext.stage ?? '$default';
  }
  get host(): string {
    return this.#event.requestContext.domainName ?? this.header('host') ?? '';
  }
  get clientIp(): string {
    return this.#event.requestContext.http.sourceIp ?? '';
  }
  get receivedAtMs(): number {
    return this.#event.requestContext.timeEpoch ?? 0;
  }
  get routeParams(): Readonly<Record<string, string>> | undefined {
    return this.#event.pathParameters;
  }
  get rawBody(): string {
    return this.#event.body ?? '';
  }
  get isBase64(): boolean {
    return this.#event.isBase64Encoded === true;
  }

  /** The front has made names lower case. An HTTP API takes Cookie out of the headers; here it is back. */
  header(name: string): string | undefined {
    const value: unknown = this.#event.headers?.[name];
    if (typeof value === 'string') return value;
    return name === 'cookie' ? this.#event.cookies?.join('; ') : undefined;
  }

  headers(): MultiValues {
    const { headers = {}, cookies } = this.#event;
    const values = Object.create(null) as Record<string, readonly string[]>;
    for (const key of Object.keys(headers)) values[key.toLowerCase()] = [headers[key] ?? ''];
    if (cookies && !('cookie' in values)) values['cookie'] = [cookies.join('; ')];
    return Object.freeze(values);
  }

  query(): MultiValues {
    return parseQueryString(this.#event.rawQueryString ?? '');
  }

  cookiePairs(): Iterable<string> {
    return this.#event.cookies ?? (this.header('cookie') ?? '').split(';');
  }

  authorizer(): AuthorizerResult {
    const authorizer = this.#event.requestContext.authorizer;
    if (!authorizer) return { kind: 'none' };
    const { lambda, jwt, iam } = authorizer;
    if (isRecord(iam)) return iamResult(iam);
    if (isRecord(jwt)) return jwtResult(isRecord(jwt['claims']) ? jwt['claims'] : {}, jwt['scopes']);
    return { kind: 'lambda', context: isRecord(lambda) ? lambda : {} };
  }
}
