import type * as Crypto from 'node:crypto';
import { loadBuiltin } from '../load-builtin.ts';

/** Loaded with the first signature, not with the function. */
function crypto(): typeof Crypto {
  return loadBuiltin('node:crypto');
}

export function sha256Hex(data: string | Uint8Array): string {
  return crypto().createHash('sha256').update(data).digest('hex');
}

export function hmacSha256(key: string | Uint8Array, data: string): Buffer {
  return crypto().createHmac('sha256', key).update(data).digest();
}
