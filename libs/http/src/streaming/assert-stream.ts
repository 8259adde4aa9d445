import { HttpError } from '../errors.ts';

/** Throws HttpError HTTP_RESULT_INVALID for a streamed body that is no async iterable, where types were gone round. */
export function assertStream(stream: unknown): asserts stream is AsyncIterable<string | Uint8Array> {
  if (typeof stream === 'object' && stream !== null && Symbol.asyncIterator in stream) return;
  throw new HttpError('HTTP_RESULT_INVALID', `A streamed body is an async iterable, not ${typeof stream}`);
}
