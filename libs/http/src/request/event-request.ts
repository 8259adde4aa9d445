import { isUtf8 } from 'node:buffer';
import { httpProblem } from '../problem/catalogue.ts';
import type { AuthorizerResult } from './authorizer-result.ts';
import { parseCookies } from './cookies.ts';
import type { Front, HttpRequest, MultiValues } from './http-request.ts';

/** What differs between the payload versions; each part is asked for once at most. */
export interface EventReader {
  readonly requestId: string;
  readonly stage: string;
  readonly host: string;
  readonly clientIp: string;
  readonly receivedAtMs: number;
  readonly routeParams: Readonly<Record<string, string>> | undefined;
  readonly rawBody: string;
  readonly isBase64: boolean;
  header(name: string): string | undefined;
  headers(): MultiValues;
  query(): MultiValues;
  cookiePairs(): Iterable<string>;
  authorizer(): AuthorizerResult;
}

export interface EventTarget {
  readonly front: Front;
  readonly method: string;
  readonly path: string;
  readonly routeKey: string | undefined;
}

/** The one implementation of HttpRequest: parts are made when first read, then kept. */
export class EventRequest implements HttpRequest {
  readonly front: Front;
  readonly method: string;
  readonly path: string;
  readonly routeKey: string | undefined;
  readonly #event: EventReader;
  #query: MultiValues | undefined;
  #headers: MultiValues | undefined;
  #cookies: Readonly<Record<string, string>> | undefined;
  #body: Uint8Array | undefined;
  #authorizer: AuthorizerResult | undefined;

  constructor(target: EventTarget, event: EventReader) {
    this.front = target.front;
    this.method = target.method;
    this.path = target.path;
    this.routeKey = target.routeKey;
    this.#event = event;
    Object.freeze(this);
  }

  get routeParams(): Readonly<Record<string, string>> | undefined {
    return this.#event.routeParams;
  }
  get clientIp(): string {
    return this.#event.clientIp;
  }
  get requestId(): string {
    return this.#event.requestId;
  }
  get stage(): string {
    return this.#event.stage;
  }
  get host(): string {
    return this.#event.host;
  }
  get receivedAtMs(): number {
    return this.#event.receivedAtMs;
  }
  get query(): MultiValues {
    return (this.#query ??= this.#event.query());
  }
  get headers(): MultiValues {
    return (this.#headers ??= this.#event.headers());
  }
  get cookies(): Readonly<Record<string, string>> {
    return (this.#cookies ??= parseCookies(this.#event.cookiePairs()));
  }
  get authorizer(): AuthorizerResult {
    return (this.#authorizer ??= this.#event.authorizer());
  }
  get body(): Uint8Array {
    return (this.#body ??= Buffer.from(this.#event.rawBody, this.#event.isBase64 ? 'base64' : 'utf8'));
  }
  get bodyBytes(): number {
    if (this.#body) return this.#body.length;
    return Buffer.byteLength(this.#event.rawBody, this.#event.isBase64 ? 'base64' : 'utf8');
  }

  header(name: string): string | undefined {
    return this.#event.header(name);
  }

  text(): string {
    if (!this.#event.isBase64) return this.#event.rawBody;
    const bytes = this.body;
    if (!isUtf8(bytes)) throw httpProblem('HTTP_BODY_ENCODING_INVALID');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
}
