/** A Vary value with `names` in it (RFC 9110 12.5.5), each once; what `*` says already is left alone. */
export function varyOn(current: string | readonly string[] | undefined, names: string): string {
  if (current === undefined) return names;
  const text = String(current);
  const listed = splitList(text);
  const known = listed.map((name) => name.toLowerCase());
  if (known.includes('*')) return text;
  return [...listed, ...splitList(names).filter((name) => !known.includes(name.toLowerCase()))].join(', ');
}

function splitList(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}
