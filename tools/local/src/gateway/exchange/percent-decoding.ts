/**
 * Decodes percent sequences as UTF-8. Never throws: a malformed sequence stays as it is, bytes that are no UTF-8 become
 * U+FFFD.
 */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeLoosely(text);
  }
}

/** As `decodePercent`, with `+` for a space, as forms and query strings are encoded. */
export function decodeFormText(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

function decodeLoosely(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (sequences) =>
    Buffer.from(sequences.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
