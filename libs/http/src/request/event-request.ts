import { createRecord } from '../null-record.ts';
import { badRequest } from '../problem/bad-request.ts';
import type { LambdaEvent } from './events.ts';
import type { Front, HttpRequest, MultiValues } from './http-request.ts';
import { lowerCase, toMultiValues } from './multi-values.ts';
import { withoutPrefix, withoutStage } from './path-prefix.ts';
import { decodePercent, encodeDecodedPath, encodePath } from './percent-encoding.ts';
import { parseQueryString } from './query-string.ts';
import { templateOf } from './route-key.ts';
import { decodeUtf8 } from './utf-8.ts';

/** Nearly every method is one of these in upper case already, and V8 has no fast path for toUpperCase. */
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];

/**
 * A request by any of the four events. Parts are made when first read, then kept. Getters alone make it immutable; Object.freeze for
 * each request would cost more than routing does.
 */
export class EventRequest implements HttpRequest {
  readonly #event: LambdaEvent;
  readonly #front: Front;
  readonly #basePath: string;
  #method: string | undefined;
  #path: string | undefined;
  #query: MultiValues | undefined;
  #headers: MultiValues | undefined;
  #body: Uint8Array | undefined;

  /** `basePath`: prefix to take off the path; '' for none. */
  constructor(event: LambdaEvent, front: Front, basePath: string) {
    this.#event = event;
    this.#front = front;
    this.#basePath = basePath;
  }

  get event(): unknown {
    return this.#event;
  }
  get front(): Front {
    return this.#front;
  }
  get method(): string {
    return (this.#method ??= upperCase(
      this.#event.requestContext.http?.method ?? this.#event.httpMethod ?? '',
    ));
  }
  get clientIp(): string {
    const { http, identity } = this.#event.requestContext;
    return (http ?? identity)?.sourceIp ?? '';
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
  get receivedAtMs(): number {
    const { timeEpoch, requestTimeEpoch } = this.#event.requestContext;
    return timeEpoch ?? requestTimeEpoch ?? 0;
  }

  get routeKey(): string | undefined {
    const { resource, routeKey } = this.#event;
    return resource ?? routeKey;
  }

  /**
   * A REST API leaves path parameters encoded; the other fronts decode them. One that cannot be decoded makes the whole
   * lot unknown, and the path decides.
   */
  get routeParams(): Readonly<Record<string, string>> | undefined {
    const params = this.#event.pathParameters ?? undefined;
    if (!params || this.#front !== 'rest') return params;
    const decoded = createRecord<string>();
    for (const name in params) {
      const value = decodePercent(params[name] ?? '');
      if (value === undefined) return undefined;
      decoded[name] = value;
    }
    return decoded;
  }

  get path(): string {
    return (this.#path ??= withoutPrefix(this.#pathBelowStage, this.#basePath));
  }

  /** An HTTP API's payload 2.0 hands over a decoded path; the events of HTTP APIs alone have the stage in it. */
  get #pathBelowStage(): string {
    const { rawPath, path } = this.#event;
    const sent = rawPath ?? path ?? '/';
    const encoded = this.#front === 'http-2.0' ? encodeDecodedPath(sent) : encodePath(sent);
    const absolute = encoded.startsWith('/') ? encoded : `/${encoded}`;
    if (this.#front === 'rest') return absolute;
    return withoutStage(absolute, this.stage, templateOf(this.routeKey));
  }

  /** Payload 2.0 has the query string itself; elsewhere the single-value record counts only where there is no other, for it has the last value alone. */
  get query(): MultiValues {
    const { rawQueryString, multiValueQueryStringParameters, queryStringParameters } = this.#event;
    return (this.#query ??= Object.freeze(
      rawQueryString === undefined
        ? toMultiValues(multiValueQueryStringParameters ?? queryStringParameters)
        : parseQueryString(rawQueryString),
    ));
  }

  get headers(): MultiValues {
    return (this.#headers ??= Object.freeze(this.#readHeaders()));
  }

  /** An HTTP API's payload 2.0 takes Cookie out of the headers; here it is back. */
  #readHeaders(): Record<string, string[]> {
    const { multiValueHeaders, headers, cookies } = this.#event;
    const values = toMultiValues(multiValueHeaders ?? headers, lowerCase);
    if (cookies) values['cookie'] ??= [cookies.join('; ')];
    return values;
  }

  /** Payload 2.0 has names in lower case; elsewhere they come in any case, and are compared without a lower-case copy of the record. */
  header(name: string): string | undefined {
    const { version, headers, multiValueHeaders, cookies } = this.#event;
    if (version !== '2.0') return valueOf(multiValueHeaders ?? headers ?? {}, name);
    const value: unknown = headers?.[name];
    if (typeof value === 'string') return value;
    return name === 'cookie' ? cookies?.join('; ') : undefined;
  }

  get body(): Uint8Array {
    return (this.#body ??= Buffer.from(this.#event.body ?? '', this.#bodyEncoding));
  }
  get bodyBytes(): number {
    return Buffer.byteLength(this.#event.body ?? '', this.#bodyEncoding);
  }

  text(): string {
    if (this.#bodyEncoding === 'utf8') return this.#event.body ?? '';
    const text = decodeUtf8(this.body);
    if (text === undefined) throw badRequest('HTTP_BODY_ENCODING_INVALID', 'The body is not UTF-8.');
    return text;
  }

  get #bodyEncoding(): 'base64' | 'utf8' {
    return this.#event.isBase64Encoded === true ? 'base64' : 'utf8';
  }
}

function upperCase(method: string): string {
  return METHODS.includes(method) ? method : method.toUpperCase();
}

/** All values of a name, however it is spelled (RFC 9110 5.1, 5.3). `name` in lower case. */
function valueOf(
  record: Readonly<Record<string, string | readonly string[]>>,
  name: string,
): string | undefined {
  let found: string | undefined;
  for (const key in record) {
    if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
    const value = record[key] ?? '';
    const text = typeof value === 'string' ? value : joined(value);
    found = found === undefined ? text : `${found}, ${text}`;
  }
  return found;
}

/** Most lists have one element, which need not be joined with anything. */
function joined(values: readonly string[]): string {
  return values.length === 1 && values[0] !== undefined ? values[0] : values.join(', ');
}
