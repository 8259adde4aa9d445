/** Every code of this app; stable, never used again for something else. README.md lists them. */
export type WebhookErrorCode =
  /** An edge stands before the receiver, and the request did not come by it. */
  | 'WEBHOOK_ORIGIN_REFUSED'
  /** No provider has that path. */
  | 'WEBHOOK_PROVIDER_UNKNOWN'
  | 'WEBHOOK_METHOD_NOT_ALLOWED'
  /** The body is over the limit; nothing of it was read. */
  | 'WEBHOOK_BODY_TOO_LARGE'
  /** The signature, its time or its headers are not accepted; the log says which. */
  | 'WEBHOOK_UNVERIFIED'
  /** Authentic, but not UTF-8, or not JSON where the scheme sends nothing else. */
  | 'WEBHOOK_BODY_INVALID'
  /** The provider's secret cannot be read, or does not have its configured form. */
  | 'WEBHOOK_SECRET_UNAVAILABLE'
  /** It is not known that the delivery is stored. */
  | 'WEBHOOK_NOT_DURABLE'
  /** A delivery of a known type lacks a member, or has it in the wrong form. */
  | 'WEBHOOK_EVENT_INVALID'
  /** A row of the table is none that the receiver wrote. */
  | 'WEBHOOK_ROW_INVALID'
  /** The users API refuses an event as things stand, which another event may change. */
  | 'WEBHOOK_EVENT_BLOCKED'
  /** The users API could not be asked, or not for as long as a delivery is tried. */
  | 'WEBHOOK_USERS_API_UNAVAILABLE';

/** Codes that a sender may be answered with; the others are the processor's. */
export type ReceiverErrorCode = Exclude<
  WebhookErrorCode,
  'WEBHOOK_EVENT_INVALID' | 'WEBHOOK_ROW_INVALID' | 'WEBHOOK_EVENT_BLOCKED' | 'WEBHOOK_USERS_API_UNAVAILABLE'
>;

/** What an error carries beyond its code. */
export interface WebhookErrorOptions {
  readonly cause?: unknown;
  /** What a delivery is failed with when it is given up for this. Default: the error's code. */
  readonly reason?: string;
}

/** Base of this app's errors; its message is for the log and holds nothing that a sender wrote. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: WebhookErrorCode;
  readonly reason: string;

  constructor(code: WebhookErrorCode, message: string, options: WebhookErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.reason = options.reason ?? code;
  }
}
