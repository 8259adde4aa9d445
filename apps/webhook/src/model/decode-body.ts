const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a delivery's body, for whoever reads it: the receiver and the processor see the same. A byte order mark before
 * it is passed over (RFC 8259 8.1 lets a reader do so, and some senders write one).
 *
 * @throws {TypeError} when the bytes are not UTF-8.
 */
export function decodeBody(bytes: Uint8Array): string {
  return strictUtf8.decode(bytes);
}
