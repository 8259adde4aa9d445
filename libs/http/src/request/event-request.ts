import { badRequest } from '../problem/bad-request.ts';
import type { LambdaEvent } from './events.ts';
import type { Front, HttpRequest, MultiValues } from './http-request.ts';
import { withoutPrefix } from './path-prefix.ts';
import { decodeUtf8 } from './utf-8.ts';

/**
 * What requests of both payload versions share. Parts are made when first read, then kept. Getters alone make it
 * immutable; Object.freeze for each request would cost more than routing does.
 */
export abstract class EventRequest<E extends LambdaEvent> implements HttpRequest {
  readonly #event: E;
  readonly #basePath: string;
  #method: string | undefined;
  #path: string | undefined;
  #query: MultiValues | undefined;
  #headers: MultiValues | undefined;
  #body: Uint8Array | undefined;

  /** `basePath`: prefix to take off the path; '' for none. */
  constructor(event: E, basePath: string) {
    this.#event = event;
    this.#basePath = basePath;
  }

  get event(): E {
    return this.#event;
  }
  get method(): string {
    return (this.#method ??= upperCase(this.sentMethod));
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
  get path(): string {
    return (this.#path ??= withoutPrefix(withSlash(this.readPath()), this.#basePath));
  }
  get query(): MultiValues {
    return (this.#query ??= Object.freeze(this.readQuery()));
  }
  get headers(): MultiValues {
    return (this.#headers ??= Object.freeze(this.readHeaders()));
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

  abstract get front(): Front;
  abstract get routeKey(): string | undefined;
  abstract get routeParams(): Readonly<Record<string, string>> | undefined;
  abstract header(name: string): string | undefined;
  protected abstract get sentMethod(): string;
  /** Encoded, with neither stage nor base path taken for granted. */
  protected abstract readPath(): string;
  protected abstract readQuery(): MultiValues;
  protected abstract readHeaders(): MultiValues;
}

/** V8 has no fast path for toUpperCase, and nearly every method is upper case. */
function upperCase(method: string): string {
  return /[a-z]/.test(method) ? method.toUpperCase() : method;
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
