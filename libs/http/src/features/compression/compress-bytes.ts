import type zlib from 'node:zlib';
import type { Coding } from './accept-encoding.ts';

type Zlib = typeof zlib;
type ZlibCallback = (error: Error | null, bytes: Uint8Array) => void;

/** Up to here a pause is shorter than handing the work to another thread and back. */
const SYNC_BYTES = 32 * 1024;
const GZIP_LEVEL = 6;
/** Brotli's own default, 11, is for files that are coded once. */
const BROTLI_QUALITY = 4;
const ZSTD_LEVEL = 3;

let loaded: Zlib | undefined;

/** zlib costs a millisecond or more to load: not before the first body that needs it. */
function loadZlib(): Zlib {
  return (loaded ??= process.getBuiltinModule('node:zlib'));
}

/** The codings that this Node makes; zstd came with 22.15 and 23.8. */
export function supportedCodings(codings: readonly Coding[]): readonly Coding[] {
  return codings.filter((coding) => coding !== 'zstd' || typeof process.versions['zstd'] === 'string');
}

/** `bytes` under a coding, at once for a small body. */
export function compressBytes(bytes: Uint8Array, coding: Coding): Uint8Array | Promise<Uint8Array> {
  const { sync, callback } = compressors(loadZlib(), coding, bytes);
  if (bytes.length <= SYNC_BYTES) return sync();
  return new Promise((resolve, reject) => {
    callback((error, compressed) => {
      if (error) reject(error);
      else resolve(compressed);
    });
  });
}

interface Compressors {
  readonly sync: () => Uint8Array;
  readonly callback: (done: ZlibCallback) => void;
}

function compressors(library: Zlib, coding: Coding, bytes: Uint8Array): Compressors {
  switch (coding) {
    case 'gzip': {
      const options = { level: GZIP_LEVEL };
      return {
        sync: () => library.gzipSync(bytes, options),
        callback: (done) => library.gzip(bytes, options, done),
      };
    }
    case 'br': {
      const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = library.constants;
      const options = {
        params: { [BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
      };
      return {
        sync: () => library.brotliCompressSync(bytes, options),
        callback: (done) => library.brotliCompress(bytes, options, done),
      };
    }
    case 'zstd': {
      const options = { params: { [library.constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } };
      return {
        sync: () => library.zstdCompressSync(bytes, options),
        callback: (done) => library.zstdCompress(bytes, options, done),
      };
    }
  }
}
