import { ClientsError } from '../errors.ts';
import type { Item } from './documents.ts';

/** A value as DynamoDB's JSON carries it: one member, named by its type. Source: DynamoDB API reference, AttributeValue. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** DynamoDB nests no deeper. */
const maxDepth = 32;

/**
 * Writes an item for the service; members that are undefined are left out, as with the SDK's `removeUndefinedValues`.
 * @throws {ClientsError} CLIENTS_REQUEST_INVALID for what DynamoDB has no type for: NaN, functions, symbols, dates, empty
 * or mixed sets.
 */
export function toAttributes(item: Item): Record<string, AttributeValue> {
  return toMembers(item, 0);
}

/** Reads an item of the service. Integers that a number cannot hold become bigints. */
export function fromAttributes(attributes: unknown): Item {
  return Object.fromEntries(
    Object.entries(attributes as Record<string, AttributeValue>).map(([name, value]) => [
      name,
      fromAttribute(value),
    ]),
  );
}

function toMembers(members: object, depth: number): Record<string, AttributeValue> {
  const written: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) define(written, name, toAttribute(value, depth + 1));
  }
  return written;
}

/** A member called `__proto__` is a member like any other. */
function define<T>(target: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

export function toAttribute(value: unknown, depth = 0): AttributeValue {
  if (depth > maxDepth) throw invalid(`the value is nested deeper than ${maxDepth}`);
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: toNumber(value) };
    case 'bigint':
      return { N: value.toString() };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return value === null ? { NULL: true } : toComposite(value, depth);
    default:
      throw invalid(`a ${typeof value} has no type in DynamoDB`);
  }
}

function toComposite(value: object, depth: number): AttributeValue {
  if (value instanceof Uint8Array) return { B: toBase64(value) };
  if (value instanceof Set) return toSet(value);
  if (Array.isArray(value)) {
    return {
      L: value.filter((member) => member !== undefined).map((member) => toAttribute(member, depth + 1)),
    };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw invalid('an instance of a class has no type in DynamoDB: write its members, or its text');
  }
  return { M: toMembers(value, depth) };
}

function toSet(set: ReadonlySet<unknown>): AttributeValue {
  const members = [...set];
  if (members.length === 0) throw invalid('a set has at least one member in DynamoDB');
  if (members.every((member) => typeof member === 'string')) return { SS: members };
  if (members.every((member) => typeof member === 'number' || typeof member === 'bigint')) {
    return {
      NS: members.map((member) => (typeof member === 'number' ? toNumber(member) : member.toString())),
    };
  }
  if (members.every((member) => member instanceof Uint8Array)) return { BS: members.map(toBase64) };
  throw invalid('a set has members of one type in DynamoDB');
}

function toNumber(value: number): string {
  if (!Number.isFinite(value)) throw invalid(`${value} is no number of DynamoDB`);
  return String(value);
}

function fromAttribute(value: AttributeValue): unknown {
  const [[type, content] = ['NULL', true]] = Object.entries(value);
  switch (type) {
    case 'S':
    case 'BOOL':
      return content;
    case 'N':
      return fromNumber(content as string);
    case 'NULL':
      return null;
    case 'B':
      return fromBase64(content as string);
    case 'M':
      return fromAttributes(content);
    case 'L':
      return (content as AttributeValue[]).map(fromAttribute);
    case 'SS':
      return new Set(content as string[]);
    case 'NS':
      return new Set((content as string[]).map(fromNumber));
    case 'BS':
      return new Set((content as string[]).map(fromBase64));
    default:
      throw new ClientsError('CLIENTS_RESPONSE_INVALID', `DynamoDB answered with the unknown type ${type}`);
  }
}

function fromNumber(text: string): number | bigint {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text)
    ? BigInt(text)
    : value;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function invalid(message: string): ClientsError {
  return new ClientsError('CLIENTS_REQUEST_INVALID', message);
}
