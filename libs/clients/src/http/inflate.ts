import type { ZlibOptions } from 'node:zlib';
import { ClientsError } from '../errors.ts';
import { loadBuiltin } from '../load-builtin.ts';

/** Encodings that are asked for and undone. */
export const acceptedEncodings = 'gzip, br';

/** More are nobody's need, and each may take the cap's time anew. */
const mostEncodings = 3;

/** Up to this size undoing takes less time at once than by way of the thread pool. */
const atOnceBytes = 32 * 1_024;

/**
 * Undoes a body's `content-encoding`; several are undone from the last to the first (RFC 9110 8.4).
 * @throws {ClientsError} CLIENTS_RESPONSE_TOO_LARGE when it grows beyond `maxBytes`; CLIENTS_RESPONSE_INVALID when it is damaged, of
 * an encoding that was not asked for, or encoded more than three times.
 */
export async function inflate(
  body: Uint8Array,
  contentEncoding: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  if (encodings.length > mostEncodings) {
    throw new ClientsError('CLIENTS_RESPONSE_INVALID', `the answer is encoded ${encodings.length} times`);
  }
  let inflated = body;
  for (const encoding of encodings.reverse()) {
    if (inflated.byteLength > 0) inflated = await undo(inflated, encoding, maxBytes);
  }
  return inflated;
}

async function undo(body: Uint8Array, encoding: string, maxBytes: number): Promise<Uint8Array> {
  const zlib = loadBuiltin('node:zlib');
  const options: ZlibOptions = { maxOutputLength: maxBytes };
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return body.byteLength <= atOnceBytes
          ? zlib.gunzipSync(body, options)
          : await inThreadPool((done) => zlib.gunzip(body, options, done));
      case 'br':
        return body.byteLength <= atOnceBytes
          ? zlib.brotliDecompressSync(body, options)
          : await inThreadPool((done) => zlib.brotliDecompress(body, options, done));
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `the inflated answer is larger than ${maxBytes} bytes`;
      throw new ClientsError('CLIENTS_RESPONSE_TOO_LARGE', message, { cause });
    }
    throw new ClientsError('CLIENTS_RESPONSE_INVALID', `the answer is no ${encoding}`, { cause });
  }
  throw new ClientsError('CLIENTS_RESPONSE_INVALID', `the answer has the encoding "${encoding}"`);
}

function inThreadPool(run: (done: (error: Error | null, result: Buffer) => void) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    run((error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}
