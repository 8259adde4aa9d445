import fc from 'fast-check';
import { AuthError } from '../errors.ts';
import { readCompactJws } from './compact-jws.ts';

const header = Buffer.from('{"alg":"HS256"}').toString('base64url');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The second is for what no bearer token may hold. */
const MALFORMED: readonly string[] = ['AUTH_TOKEN_MALFORMED', 'AUTH_HEADER_MALFORMED'];

/** Whether Node's decoder and encoder agree that this is the one spelling of its bytes. */
const isCanonical = (text: string): boolean =>
  text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text;

function accepts(signature: string): boolean {
  try {
    readCompactJws(`${header}.AAAA.${signature}`);
    return true;
  } catch (error) {
    if (error instanceof AuthError && MALFORMED.includes(error.code)) return false;
    throw error;
  }
}

describe('readCompactJws', () => {
  it('accepts every canonical spelling of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        expect(accepts(Buffer.from(bytes).toString('base64url'))).toBe(true);
      }),
    );
  });

  it('accepts a text just when it is its bytes’ canonical spelling', () => {
    const digit = fc.constantFrom(...`${DIGITS}+/= \n\u00e9`.split(''));
    fc.assert(
      fc.property(fc.string({ unit: digit, maxLength: 12 }), (text) => {
        expect(accepts(text)).toBe(isCanonical(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('tries each last digit at each length', () => {
    for (const prefix of ['', 'A', 'AA', 'AAA', 'AAAA']) {
      for (const last of DIGITS)
        expect([prefix + last, accepts(prefix + last)]).toEqual([prefix + last, isCanonical(prefix + last)]);
    }
  });
});
