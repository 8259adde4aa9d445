/** One header line. `key` is the name in lower case, computed once. */
export interface HeaderLine {
  readonly name: string;
  readonly key: string;
  readonly value: string;
}

/** In the order of the wire, repeats included. */
export type HeaderLines = readonly HeaderLine[];

/** From node:http's `rawHeaders`: name, value, name, value. */
export function toHeaderLines(rawHeaders: readonly string[]): HeaderLines {
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    lines.push({ name, key: name.toLowerCase(), value: rawHeaders[index + 1] ?? '' });
  }
  return lines;
}

/** The first value of a header; `key` in lower case. */
export function headerValue(lines: HeaderLines, key: string): string | undefined {
  for (const line of lines) if (line.key === key) return line.value;
  return undefined;
}

/** Every value of a header in order; `key` in lower case. */
export function headerValues(lines: HeaderLines, key: string): string[] {
  const values: string[] = [];
  for (const line of lines) if (line.key === key) values.push(line.value);
  return values;
}

/** Bytes that the lines take on the wire: name, colon, space, value, line end. */
export function headerBytes(lines: HeaderLines): number {
  let bytes = 0;
  for (const line of lines) bytes += line.name.length + line.value.length + 4;
  return bytes;
}
