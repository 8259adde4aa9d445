/**
 * Errors of this library that are not answers to a caller: an event of no known front, or a result that must not
 * leave. Problems with a request are HttpProblem, their codes in problem/catalogue.ts.
 */
export type HttpErrorCode =
  /** The event is not of a REST API, an HTTP API or a function URL. The invocation fails. */
  | 'HTTP_EVENT_UNKNOWN'
  /** A handler answered with a status that its operation does not declare, or with a body of the wrong kind. */
  | 'HTTP_RESULT_INVALID'
  /** A header's name or value would break the message (RFC 9110 5.1, 5.5). */
  | 'HTTP_RESULT_HEADER_INVALID'
  /** The result is over what Lambda takes back. */
  | 'HTTP_RESULT_TOO_LARGE'
  /** Bytes for a REST API that would send them as base64 text. */
  | 'HTTP_RESULT_BINARY_UNSUPPORTED';

/** An error with a stable `code`; `cause` has what led to it. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
