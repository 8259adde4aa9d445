import { HttpError } from '../errors.ts';
import type { Feature } from '../features/feature.ts';
import { MAX_RESULT_BYTES } from '../response/to-result.ts';
import { assertStream } from './assert-stream.ts';

/**
 * Makes a whole body of a streamed one, for fronts that take nothing else, before the deadline as any handler. It stops reading at what
 * Lambda takes back (HttpError HTTP_RESULT_TOO_LARGE).
 */
export function collectStreams(): Feature {
  return {
    name: 'collect-streams',
    serves: ['stream'],
    async invoke(_exchange, next) {
      const response = await next();
      return response.stream === undefined
        ? response
        : { ...response, stream: undefined, body: await collect(response.stream) };
    },
  };
}

async function collect(stream: unknown): Promise<Uint8Array> {
  assertStream(stream);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += part.length;
    if (bytes > MAX_RESULT_BYTES) {
      throw new HttpError('HTTP_RESULT_TOO_LARGE', `A streamed body is over ${MAX_RESULT_BYTES} bytes`);
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
