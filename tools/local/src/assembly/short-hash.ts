import { createHash } from 'node:crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * A short stable id of lower-case letters and digits, as API Gateway's ids look: the same assembly gives the same ids
 * at every start, so that a cached URL or ARN stays right.
 *
 * @param length at most 24.
 */
export function shortHash(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  let id = '';
  for (const byte of digest.subarray(0, length)) id += alphabet.charAt(byte % alphabet.length);
  return id;
}
