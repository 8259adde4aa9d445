/** One HTTP/1.1 message, whole: a request at the host's end, a response at the runtime's. */
export interface HttpMessage {
  /** The three parts of the start line: method, target, version; or version, status, reason. */
  readonly start: readonly [string, string, string];
  /** Lower-case names; a repeated field's values are joined by `, ` (RFC 9110 5.3). Trailers are merged in. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** The body was longer than the limit: it was read to its end and thrown away. */
  readonly bodyTooLarge: boolean;
}

/** The bytes are no HTTP/1.1 message. The connection cannot go on: nothing says where the next message begins. */
export class HttpMessageError extends Error {
  override readonly name = 'HttpMessageError';
  readonly code = 'LAMBDA_HTTP_MALFORMED';
}
