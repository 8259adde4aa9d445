import { isUtf8 } from 'node:buffer';

/**
 * Where short digits are decoded, one after the other: each text is taken out before the next comes in. A buffer for each token costs more than
 * everything else that decoding does.
 */
const shared = Buffer.alloc(8_192);

/** What stands for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/**
 * The text that base64url digits encode, a byte order mark included; undefined when their bytes are not UTF-8. It does not judge the digits: what is none
 * of base64url is passed over, as by Node's own decoder.
 */
export function decodeText(digits: string): string | undefined {
  const bytes = digits.length <= shared.byteLength ? shared : Buffer.alloc(digits.length);
  const length = bytes.write(digits, 'base64url');
  const text = bytes.toString('utf8', 0, length);
  // A text without that character stands for itself; one with it may have been written so.
  return !text.includes(REPLACEMENT) || isUtf8(bytes.subarray(0, length)) ? text : undefined;
}
