/** The text of `bytes`, or `undefined` where they are not UTF-8: what is not cannot be made of its text again. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
