import { ClientsError, type ClientsErrorCode, type ClientsErrorDetails } from '../errors.ts';
import type { OutgoingRequest } from './http-message.ts';

/** One try of a request, with its bounds. */
export interface Exchange {
  readonly request: OutgoingRequest;
  /** For a new connection. */
  readonly connectMs: number;
  /** From sending to the response's headers. */
  readonly firstByteMs: number;
  /** For all of this try. */
  readonly totalMs: number;
  readonly signal: AbortSignal | undefined;
  /** Cap on the body as it is sent, before inflation. */
  readonly maxResponseBytes: number;
  /** True when private addresses are refused at connect. */
  readonly publicOnly: boolean;
}

/** An answer as it came, not inflated. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Sends requests over connections that it keeps. */
export interface Transport {
  /** @throws {TransportError} */
  send(exchange: Exchange): Promise<RawResponse>;
  /** Closes idle connections. */
  close(): void;
}

export interface TransportErrorDetails extends ClientsErrorDetails {
  /** False when no byte of the request can have reached the other side: it may be sent again, whatever it does. */
  readonly sent: boolean;
  /** True when a kept connection that had been idle turned out closed before a byte of the answer came. */
  readonly stale?: boolean;
}

/** What a try failed of, and how far it had come. */
export class TransportError extends ClientsError {
  readonly sent: boolean;
  readonly stale: boolean;

  constructor(code: ClientsErrorCode, message: string, details: TransportErrorDetails) {
    super(code, message, details);
    this.sent = details.sent;
    this.stale = details.stale ?? false;
  }
}
