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
  if (text.charCodeAt(0) !== BRACE_OPEN) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return hasUniqueMembers(text) ? (value as JsonObject) : undefined;
}

/** The member's value when it is the object's own. */
export function ownMember(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET_OPEN = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_CLOSE = 0x5d;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;

/** One pass over text that `JSON.parse` has accepted: only strings and structure need a look. */
function hasUniqueMembers(text: string): boolean {
  /** Names seen in each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let isNameNext = false;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case BRACE_OPEN:
        if (open.length === MAX_DEPTH) return false;
        open.push(new Set());
        isNameNext = true;
        break;
      case BRACKET_OPEN:
        if (open.length === MAX_DEPTH) return false;
        open.push(null);
        isNameNext = false;
        break;
      case BRACE_CLOSE:
      case BRACKET_CLOSE:
        open.pop();
        isNameNext = false;
        break;
      case COMMA:
        isNameNext = open.at(-1) !== null;
        break;
      case QUOTE: {
        const end = stringEnd(text, index);
        const names = open.at(-1);
        if (isNameNext && names) {
          const name = memberName(text.slice(index, end + 1));
          if (names.has(name)) return false;
          names.add(name);
          isNameNext = false;
        }
        index = end;
        break;
      }
    }
  }
  return true;
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

function memberName(literal: string): string {
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}
