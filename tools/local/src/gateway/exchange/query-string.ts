import { decodeFormText } from './percent-decoding.ts';

/** Decoded names and values, in order, repeats included. */
export type QueryEntries = readonly (readonly [name: string, value: string])[];

/**
 * Reads a query string as forms are read: `+` is a space, a name without `=` has an empty value, empty parts are skipped.
 *
 * @param separator `/[&;]/` for a REST API, which splits at semicolons too.
 */
export function parseQueryString(rawQuery: string, separator: string | RegExp = '&'): QueryEntries {
  if (rawQuery === '') return [];
  const entries: [string, string][] = [];
  for (const part of rawQuery.split(separator)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    entries.push(
      equals < 0
        ? [decodeFormText(part), '']
        : [decodeFormText(part.slice(0, equals)), decodeFormText(part.slice(equals + 1))],
    );
  }
  return entries;
}

/** Values by name, in order of first appearance. A name may be `__proto__`. */
export function groupByName(
  entries: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return groups;
}

/** A plain object of what `select` makes of each group; own properties alone, whatever the names are. */
export function toRecord<Value>(
  groups: ReadonlyMap<string, readonly string[]>,
  select: (values: readonly string[]) => Value,
): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const [name, values] of groups) {
    if (name in record) define(record, name, select(values));
    else record[name] = select(values);
  }
  return record;
}

/** For the names that Object.prototype has: `__proto__` would be taken for the prototype. */
function define(record: object, name: string, value: unknown): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}
