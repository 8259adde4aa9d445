/** A parsed JSON object; its members are own properties, `__proto__` included. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Real claim sets nest three or four levels. */
const MAX_DEPTH = 32;

/**
 * Parses the text of one JSON object, refusing what RFC 7515 section 4 and RFC 7519 section 4 let a reader refuse: duplicate
 * member names (at any depth, however they are escaped), and anything that is no object. Returns undefined for those, and for
 * objects nested more than 32 levels deep.
 */
export function parseJsonObject(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined;
  let object: JsonObject;
  try {
    object = JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
  // Of members with one name, JSON.parse keeps the last: what was repeated is missing from the count.
  return countMembers(object, 1) === countWrittenMembers(text) ? object : undefined;
}

/** The member's value when it is the object's own. */
export function ownMember(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** The members of a parsed value, at every level; NaN, which equals no count, when it is nested too deep. */
function countMembers(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) return Number.NaN;
  const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : children.length;
  for (const child of children) count += countMembers(child, depth + 1);
  return count;
}

/** The members in text that `JSON.parse` has accepted: each has the one colon that is in no string. */
function countWrittenMembers(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = stringEnd(text, index);
    else if (code === COLON) count += 1;
  }
  return count;
}

/** The index of the quote that closes the string which opens at `start`: the first one that no backslash escapes. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** Whether an odd number of backslashes stands before `index`. */
function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (index - first) % 2 === 1;
}
