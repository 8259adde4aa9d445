import { HttpError } from '../errors.ts';
import type { Feature } from '../features/feature.ts';
import { MAX_RESULT_BYTES } from '../response/to-result.ts';

/** Makes a whole body of a streamed one, for fronts that take nothing else. It stops reading at what Lambda takes back. */
export const collectStreams: Feature = {
  name: 'collect-streams',
  async encode(response) {
    if (!response.stream) return response;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.stream) {
      const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += part.length;
      if (bytes > MAX_RESULT_BYTES) {
        throw new HttpError('HTTP_RESULT_TOO_LARGE', `A streamed body is over ${MAX_RESULT_BYTES} bytes`);
      }
      chunks.push(part);
    }
    const { status, headers, cookies } = response;
    return { status, headers, cookies, body: Buffer.concat(chunks) };
  },
};
