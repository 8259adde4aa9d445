import type { DownstreamCall } from '@gatehouse/observability';

/** Upper bounds in milliseconds of the parts of one call. Each is shortened to what is left of the invocation. */
export interface Timeouts {
  /** Name resolution, TCP and TLS, when no connection is open. Default 1000. */
  readonly connectMs: number;
  /** From the request being sent to the response's headers. Default 5000. */
  readonly firstByteMs: number;
  /** The whole call, its retries and their pauses included. Default 10000. */
  readonly totalMs: number;
}

/** A request just before it is sent: what a signer signs. */
export interface OutgoingRequest {
  readonly method: string;
  /** Shared with other requests to it. */
  readonly url: Readonly<URL>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Gives the headers that authenticate a request; asked again for each try, since signatures age.
 * `createRequestSigner` makes one for AWS.
 */
export type RequestSigner = (
  request: OutgoingRequest,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** One call. */
export interface HttpClientRequest {
  /** Absolute `http:` or `https:` URL without user information. */
  readonly url: string | URL;
  /** Default GET, or POST when there is a body. */
  readonly method?: string;
  /** Added to the URL's own query; undefined members are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Undefined members are left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Text is sent as UTF-8. Not together with `json`. */
  readonly body?: string | Uint8Array;
  /** A value that is sent as JSON, with its content type. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
  readonly timeouts?: Partial<Timeouts>;
  /**
   * True when sending the request twice has the effect of sending it once. Default: true for GET, HEAD, OPTIONS, PUT and
   * DELETE (RFC 9110 9.2.2), and for any method with an `idempotency-key` header.
   */
  readonly idempotent?: boolean;
  /** Tries after the first. Default: the client's, 2. */
  readonly retries?: number;
  readonly sign?: RequestSigner;
  /** True when the URL, or a part of it, came from input: private and metadata addresses are refused at connect. */
  readonly untrustedUrl?: boolean;
  /**
   * Redirects that are followed, with GET and HEAD alone. Default 0: the redirect is the answer. Headers that identify the caller
   * do not go to another origin, and no redirect leads from https to http.
   */
  readonly maxRedirects?: number;
  /** Cap on the body, before and after inflation. Default: the client's, 1 MiB. */
  readonly maxResponseBytes?: number;
  /** How a trace shows the call. Default: as a remote call to the URL's host. */
  readonly trace?: DownstreamCall;
}

/** An answer, whatever its status. */
export interface HttpClientResponse {
  readonly status: number;
  /** Names in lower case; repeated ones joined by `, `, but `set-cookie`, which is joined by a line feed. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, inflated when it came compressed. */
  readonly body: Uint8Array;
  /** Tries that were made, 1 when the first was answered. */
  readonly attempts: number;
}
