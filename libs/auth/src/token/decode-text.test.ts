import fc from 'fast-check';
import { decodeText } from './decode-text.ts';

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** An independent judge of UTF-8, which keeps a byte order mark. */
function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

describe('decodeText', () => {
  it('reads back every text, whatever was decoded before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, text) => {
        decodeText(encode(Buffer.from(before)));
        expect(decodeText(encode(Buffer.from(text)))).toBe(text);
      }),
    );
  });

  it('gives a text just for bytes that are UTF-8', () => {
    const byte = fc.constantFrom(
      0x22,
      0x7f,
      0x80,
      0xbd,
      0xbf,
      0xc0,
      0xc3,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xff,
    );
    fc.assert(
      fc.property(fc.uint8Array(), fc.array(byte, { maxLength: 5 }), (any, likely) => {
        for (const bytes of [any, Uint8Array.from(likely)]) {
          expect(decodeText(encode(bytes))).toBe(strictText(bytes));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\ufeff{}'],
    ['the character that stands for bytes that are no UTF-8', 'a\ufffdb'],
    ['more than a token holds', 'é'.repeat(10_000)],
  ])('reads %s', (_, text) => {
    expect(decodeText(encode(Buffer.from(text)))).toBe(text);
  });

  it('refuses bytes that are no UTF-8 behind a long text', () => {
    expect(decodeText(encode(Buffer.from([...Buffer.from('a'.repeat(10_000)), 0xff])))).toBeUndefined();
  });
});
