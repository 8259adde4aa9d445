import { isSecretName, redactText, redacted } from './redact.ts';

/** A value that `JSON.stringify` writes as it is, without running anyone's code. */
export type SafeValue =
  string | number | boolean | null | readonly SafeValue[] | { readonly [name: string]: SafeValue };

/** How much of one value a line carries. Beyond it the rest is counted, not written. */
const limits = { depth: 8, entries: 100, nodes: 2_000, textCharacters: 8_192, totalCharacters: 65_536 };

/** Of a mail address (RFC 5321 4.5.3.1), with its `@` percent-encoded. */
const longestAddress = 330;

/** What one pass may still write, and the objects it stands in. */
interface Pass {
  nodes: number;
  characters: number;
  readonly ancestors: Set<object>;
}

/**
 * Turns anything into a value that is safe to write: secrets withheld by name and by form, cycles cut, size
 * bounded, no getter's or proxy's error let out, and no `toJSON` run. Never throws.
 *
 * Errors become `{ name, message, stack, code?, cause?, ... }` with the whole cause chain; bytes become their
 * length; Map, Set, Date, URL and BigInt become what they hold.
 */
export function toSafeValue(value: unknown): SafeValue {
  return convert(value, 0, { nodes: limits.nodes, characters: limits.totalCharacters, ancestors: new Set() });
}

function convert(value: unknown, depth: number, pass: Pass): SafeValue {
  if (--pass.nodes < 0) return '[more]';
  switch (typeof value) {
    case 'string':
      return convertText(value, pass);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return convertText(value.toString(), pass);
    case 'undefined':
      return null;
    case 'symbol':
      return convertText(value.toString(), pass);
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : convertObject(value, depth, pass);
  }
}

function convertText(text: string, pass: Pass): string {
  const room = Math.max(0, Math.min(limits.textCharacters, pass.characters));
  // Cut before the search, with some to spare, so that a huge text costs no more than a long one. A secret that crosses
  // the cut is found by its beginning, but a mail address, so as much as one can be long is left out at the cut.
  const cut = text.length > room * 2;
  const clean = cut ? redactText(text.slice(0, room * 2)).slice(0, -longestAddress) : redactText(text);
  const written = cut || clean.length > room ? `${clean.slice(0, room)}[${text.length} characters]` : clean;
  pass.characters -= written.length;
  return written;
}

function convertObject(value: object, depth: number, pass: Pass): SafeValue {
  if (pass.ancestors.has(value)) return '[circular]';
  if (depth >= limits.depth) return '[deep]';
  pass.ancestors.add(value);
  try {
    return convertKnown(value, depth, pass);
  } catch (error) {
    return `[unreadable: ${errorMessage(error)}]`;
  } finally {
    pass.ancestors.delete(value);
  }
}

function convertKnown(value: object, depth: number, pass: Pass): SafeValue {
  if (Object.getPrototypeOf(value) === Object.prototype) return convertOwn(value, depth, pass);
  if (value instanceof Error) return convertError(value, depth, pass);
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? '[invalid date]' : Date.prototype.toISOString.call(value);
  }
  if (value instanceof URL) return convertText(value.href, pass);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return convertList(value, depth, pass);
  if (value instanceof Set) return convertList([...Set.prototype.values.call(value)], depth, pass);
  if (value instanceof Map) {
    const entries = [...Map.prototype.entries.call(value)] as [unknown, unknown][];
    const names = entries.map(([name]) => (typeof name === 'string' ? name : String(name)));
    return convertMembers(names, (_name, index) => entries[index]?.[1], { depth, pass });
  }
  return convertOwn(value, depth, pass);
}

function convertOwn(value: object, depth: number, pass: Pass): SafeValue {
  return convertMembers(Object.keys(value), (name) => (value as Record<string, unknown>)[name], {
    depth,
    pass,
  });
}

function convertList(list: readonly unknown[], depth: number, pass: Pass): SafeValue {
  const written: SafeValue[] = [];
  const count = Math.min(list.length, limits.entries);
  for (let index = 0; index < count; index++) written.push(convert(list[index], depth + 1, pass));
  if (list.length > count) written.push(`[${list.length - count} more]`);
  return written;
}

/** How deep a value stands, and what its pass may still write. */
interface Place {
  readonly depth: number;
  readonly pass: Pass;
}

/** Reads one member of an object, which may run its code. */
type ReadMember = (name: string, index: number) => unknown;

function convertMembers(names: readonly string[], read: ReadMember, at: Place): SafeValue {
  const written: Record<string, SafeValue> = {};
  const count = Math.min(names.length, limits.entries);
  for (let index = 0; index < count; index++) {
    const name = names[index] ?? '';
    const key = convertText(name, at.pass);
    const member = convertMember(name, () => read(name, index), at);
    // A member called `__proto__` is a member like any other.
    if (key === '__proto__') Object.defineProperty(written, key, { value: member, enumerable: true });
    else written[key] = member;
    if (at.pass.nodes < 0 || at.pass.characters < 0) break;
  }
  if (names.length > count) written['[more]'] = names.length - count;
  return written;
}

function convertMember(name: string, read: () => unknown, { depth, pass }: Place): SafeValue {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    return `[unreadable: ${errorMessage(error)}]`;
  }
  // A yes or a no, or that there is none, gives no secret away and often is the answer looked for.
  if (typeof value !== 'boolean' && value !== null && value !== undefined && isSecretName(name))
    return redacted;
  return convert(value, depth + 1, pass);
}

/** Members of every error come first, in this order; its own data fields follow. */
const errorMembers = ['name', 'message', 'code', 'stack', 'cause', 'errors'];

function convertError(error: Error, depth: number, pass: Pass): SafeValue {
  const own = error as unknown as Record<string, unknown>;
  const first = errorMembers.filter((name) => name in error);
  const rest = Object.keys(error).filter((name) => !errorMembers.includes(name));
  return convertMembers([...first, ...rest], (name) => own[name], { depth, pass });
}

/** The message of whatever was thrown, read without trusting it. */
function errorMessage(thrown: unknown): string {
  try {
    return redactText(String(thrown)).slice(0, 200);
  } catch {
    return 'unknown';
  }
}
