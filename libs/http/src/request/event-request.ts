import { isUtf8 } from 'node:buffer';
import { kernelProblem } from '../problem/kernel-problems.ts';
import type { AuthorizerResult } from './authorizer-result.ts';
import { parseCookies } from './cookies.ts';
import type { Front, HttpRequest, MultiValues } from './http-request.ts';

/** How one payload version is read. No state: one reader serves all requests. */
export interface EventReader<E> {
  requestId(event: E): string;
  stage(event: E): string;
  host(event: E): string;
  clientIp(event: E): string;
  receivedAtMs(event: E): number;
  routeParams(event: E): Readonly<Record<string, string>> | undefined;
  rawBody(event: E): string;
  isBase64(event: E): boolean;
  header(event: E, name: string): string | undefined;
  headers(event: E): MultiValues;
  query(event: E): MultiValues;
  cookiePairs(event: E): Iterable<string>;
  authorizer(event: E): AuthorizerResult;
}

export interface EventTarget {
  readonly front: Front;
  readonly method: string;
  readonly path: string;
  readonly routeKey: string | undefined;
}

/**
 * The one implementation of HttpRequest: parts are made when first read, then kept. Getters alone make it immutable;
 * Object.freeze for each request would cost more than routing does.
 */
export class EventRequest<E> implements HttpRequest {
  readonly #target: EventTarget;
  readonly #event: E;
  readonly #read: EventReader<E>;
  #query: MultiValues | undefined;
  #headers: MultiValues | undefined;
  #cookies: Readonly<Record<string, string>> | undefined;
  #body: Uint8Array | undefined;
  #authorizer: AuthorizerResult | undefined;

  constructor(target: EventTarget, event: E, read: EventReader<E>) {
    this.#target = target;
    this.#event = event;
    this.#read = read;
  }

  get front(): Front {
    return this.#target.front;
  }
  get method(): string {
    return this.#target.method;
  }
  get path(): string {
    return this.#target.path;
  }
  get routeKey(): string | undefined {
    return this.#target.routeKey;
  }

  get routeParams(): Readonly<Record<string, string>> | undefined {
    return this.#read.routeParams(this.#event);
  }
  get clientIp(): string {
    return this.#read.clientIp(this.#event);
  }
  get requestId(): string {
    return this.#read.requestId(this.#event);
  }
  get stage(): string {
    return this.#read.stage(this.#event);
  }
  get host(): string {
    return this.#read.host(this.#event);
  }
  get receivedAtMs(): number {
    return this.#read.receivedAtMs(this.#event);
  }
  get query(): MultiValues {
    return (this.#query ??= this.#read.query(this.#event));
  }
  get headers(): MultiValues {
    return (this.#headers ??= this.#read.headers(this.#event));
  }
  get cookies(): Readonly<Record<string, string>> {
    return (this.#cookies ??= parseCookies(this.#read.cookiePairs(this.#event)));
  }
  get authorizer(): AuthorizerResult {
    return (this.#authorizer ??= this.#read.authorizer(this.#event));
  }
  get body(): Uint8Array {
    const encoding = this.#read.isBase64(this.#event) ? 'base64' : 'utf8';
    return (this.#body ??= Buffer.from(this.#read.rawBody(this.#event), encoding));
  }
  get bodyBytes(): number {
    const encoding = this.#read.isBase64(this.#event) ? 'base64' : 'utf8';
    return this.#body?.length ?? Buffer.byteLength(this.#read.rawBody(this.#event), encoding);
  }

  header(name: string): string | undefined {
    return this.#read.header(this.#event, name);
  }

  text(): string {
    if (!this.#read.isBase64(this.#event)) return this.#read.rawBody(this.#event);
    const bytes = this.body;
    if (!isUtf8(bytes)) throw kernelProblem('HTTP_BODY_ENCODING_INVALID');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
}
