import type { IncomingMessage } from 'node:http';
import { NO_BODY } from './exchange.ts';

/** How much of a refused body is read on, so that the client gets to see the answer. */
const DRAIN_FACTOR = 4;

/**
 * Reads a request's body.
 *
 * @returns the bytes, or `too-large`. Rejects when the client goes away.
 */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array | 'too-large'> {
  const declared = message.headers['content-length'];
  if (declared === undefined && message.headers['transfer-encoding'] === undefined) {
    return Promise.resolve(NO_BODY);
  }
  if (declared !== undefined && Number(declared) > maxBytes * DRAIN_FACTOR)
    return Promise.resolve('too-large');
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    message.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) chunks.push(chunk);
      else if (bytes > maxBytes * DRAIN_FACTOR) resolve('too-large');
    });
    message.on('end', () => {
      resolve(
        bytes > maxBytes ? 'too-large' : chunks.length === 1 ? (chunks[0] ?? NO_BODY) : Buffer.concat(chunks),
      );
    });
    message.on('error', reject);
    message.on('close', () => {
      if (!message.complete) reject(new Error('the client went away before the end of its request'));
    });
  });
}
