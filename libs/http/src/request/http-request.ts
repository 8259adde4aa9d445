/**
 * Which front sent the event: a REST API, an HTTP API with payload 1.0 or 2.0, or a function URL (payload 2.0
 * without a gateway).
 */
export type Front = 'rest' | 'http-1.0' | 'http-2.0' | 'url';

/** Names to values in the order sent; the record has no prototype, so `__proto__` is a name like any other. */
export type MultiValues = Readonly<Record<string, readonly string[]>>;

/**
 * One request, whatever the front. Immutable; its parts are read from the event when first asked for. What few functions need is read
 * by a function of its own, which a bundle has only if it is imported: `authorizerResult(request)`, `cookies(request)`.
 */
export interface HttpRequest {
  /** The front's event, as Lambda gave it; never changed. */
  readonly event: unknown;
  readonly front: Front;
  /** Upper case, as sent. */
  readonly method: string;
  /**
   * Percent-encoded path (RFC 3986 3.3) below the stage and the base path, always with a leading slash. An
   * HTTP API with payload 2.0 hands over a decoded path: it is encoded again here, so that decoding a segment once is
   * right for every front (what was `%2F` there can no longer be told from `/`).
   */
  readonly path: string;
  /** The front's own route, if it took one: `GET /users/{id}` or `ANY /users/{id}`, with REST and payload 1.0 `/users/{id}` alone. */
  readonly routeKey: string | undefined;
  /** Path parameters by the front's own route, decoded once; `undefined` when the front gave none. */
  readonly routeParams: Readonly<Record<string, string>> | undefined;
  /** Query parameters, form-decoded (`+` is a space); a key given twice keeps both values. */
  readonly query: MultiValues;
  /** Header names in lower case. Fronts with payload 2.0 have joined repeated headers with a comma already. */
  readonly headers: MultiValues;
  /** The body as it was on the wire; empty when there is none. */
  readonly body: Uint8Array;
  /** Length of `body` in bytes, known without decoding it. */
  readonly bodyBytes: number;
  /** The caller's address by the front; never taken from a header that a caller can set. */
  readonly clientIp: string;
  /** The front's id for this request; what its access log calls it. */
  readonly requestId: string;
  /** Stage name, `$default` where there is none. */
  readonly stage: string;
  /** Host name by which the caller came, as the front gives it. */
  readonly host: string;
  /** Milliseconds since the epoch at which the front took the request; 0 when the front does not say. */
  readonly receivedAtMs: number;
  /** One header's values joined by `, ` (RFC 9110 5.3), or `undefined`. `name` in lower case. */
  header(name: string): string | undefined;
  /** The body as UTF-8 text. Throws a problem (400, HTTP_BODY_ENCODING_INVALID) for bytes that are not UTF-8. */
  text(): string;
}
