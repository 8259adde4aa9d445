import type { Writable } from 'node:stream';
import { assertBody } from '../response/to-result.ts';
import { endIterator } from './end-iterator.ts';

export type Body = string | Uint8Array | AsyncIterable<unknown>;

/** What breaks a body off; an AbortController is one. */
export interface BreakOff {
  readonly signal: AbortSignal;
  abort(reason: Error): void;
}

/**
 * Writes a body and ends `out`, reading a stream no further than `out` has room for. Rejects as soon as the stream fails, a chunk is
 * neither text nor bytes (HttpError HTTP_RESULT_INVALID), the signal fires (with its reason), or `out` breaks, which fires the signal.
 * `out` is never destroyed here: Lambda's runtime client ends the execution environment for that.
 */
export async function writeBody(body: Body, out: Writable, breakOff: BreakOff): Promise<void> {
  const { signal } = breakOff;
  out.once('error', (error) => breakOff.abort(error));
  out.once('close', () => {
    if (!out.writableFinished) breakOff.abort(new Error('The response stream closed before its end'));
  });
  // The runtime sends the head before the first write, and so never for a body that has none.
  out.write('');
  if (isWhole(body)) out.write(asWritable(body));
  else await writeChunks(body[Symbol.asyncIterator](), out, signal);
  const finished = happens('finish', out);
  out.end();
  await unlessAborted(finished, signal);
}

export function isWhole(body: Body): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

async function writeChunks(
  iterator: AsyncIterator<unknown, unknown>,
  out: Writable,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      const result = await unlessAborted(iterator.next(), signal);
      if (result.done === true) return;
      assertBody(result.value);
      if (!out.write(asWritable(result.value))) await unlessAborted(happens('drain', out), signal);
    }
  } catch (error) {
    endIterator(iterator);
    throw error;
  }
}

/** Bytes as a Buffer: Lambda's runtime client writes what is neither one nor a plain Uint8Array as JSON. */
function asWritable(chunk: string | Uint8Array): string | Uint8Array {
  return typeof chunk === 'string' ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function happens(event: 'drain' | 'finish', out: Writable): Promise<void> {
  return new Promise((resolve) => out.once(event, () => resolve()));
}

/** A listener for each step, not one race with a promise that lives as long as the stream: that would keep every step's result. */
function unlessAborted<T>(step: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const settled = (): void => signal.removeEventListener('abort', abort);
    step.then(resolve, reject).then(settled, settled);
  });
}
