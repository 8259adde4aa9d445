import type { HeaderLines } from './header-lines.ts';

/** One request, read whole, before any gateway rule is applied. */
export interface IncomingRequest {
  /** As it was sent; methods are case-sensitive. */
  readonly method: string;
  /** Still percent-encoded, ASCII alone, always beginning with `/`. */
  readonly path: string;
  /** Without the question mark, still encoded; empty when there is none. */
  readonly rawQuery: string;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** `HTTP/1.1` or `HTTP/1.0`. */
  readonly protocol: string;
  /** What was larger than a gateway takes. The body is then empty. */
  readonly excess?: 'headers' | 'body';
}

export type ResponseHeader = readonly [name: string, value: string];

/** One response, made whole. Content-Length, Date and Connection are the front's. */
export interface OutgoingResponse {
  /** 200 to 599. */
  readonly status: number;
  /** In the order of the wire; values hold no control characters. */
  readonly headers: readonly ResponseHeader[];
  readonly body: Uint8Array;
}

export const NO_BODY: Uint8Array = new Uint8Array(0);

/** A body of JSON text that stands as it is: gateways differ in a space. */
export function textBody(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

/** The same bytes as a Buffer, not copied. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
