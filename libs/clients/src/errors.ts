/** Every code that this library throws; stable, and never used again for something else. docs/troubleshooting.md lists them. */
export type ClientsErrorCode =
  /** The request could not be sent as it is: a header, method, URL or body that would not survive as HTTP. */
  | 'CLIENTS_REQUEST_INVALID'
  /** The URL came from input and leads to an address that input may not choose. */
  | 'CLIENTS_TARGET_REFUSED'
  /** No connection: refused, unreachable, or the name does not resolve. */
  | 'CLIENTS_CONNECT_FAILED'
  /** The TLS handshake failed, or the certificate was not accepted. */
  | 'CLIENTS_TLS_FAILED'
  /** The time for connecting, for the first byte or for the whole call ran out. */
  | 'CLIENTS_TIMEOUT'
  /** The caller's signal aborted the call. */
  | 'CLIENTS_ABORTED'
  /** The connection ended before the response was whole. */
  | 'CLIENTS_CONNECTION_LOST'
  /** The answer was not HTTP, its length lied, or its encoding could not be undone. */
  | 'CLIENTS_RESPONSE_INVALID'
  /** The response, or what it inflates to, is larger than the cap. */
  | 'CLIENTS_RESPONSE_TOO_LARGE'
  /** `json` met a status outside 200-299. */
  | 'CLIENTS_STATUS'
  /** The environment has no credentials to sign with, or they could not be refreshed. */
  | 'CLIENTS_CREDENTIALS_MISSING'
  /** An AWS service refused the call; `name` and `status` say how. */
  | 'CLIENTS_AWS_REFUSED'
  /** A secret or parameter does not exist, or has no text. */
  | 'CLIENTS_SECRET_UNUSABLE';

/** What an error carries beyond its code. */
export interface ClientsErrorDetails {
  readonly cause?: unknown;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number;
  /** True when the same call may succeed a moment later. */
  readonly retryable?: boolean;
}

/** Base of all errors of this library; switch on `code`. */
export class ClientsError extends Error {
  override readonly name: string = 'ClientsError';
  readonly code: ClientsErrorCode;
  readonly status: number | undefined;
  readonly retryable: boolean;

  constructor(code: ClientsErrorCode, message: string, details: ClientsErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.retryable = details.retryable ?? false;
  }
}
