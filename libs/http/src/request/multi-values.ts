import { createRecord } from '../null-record.ts';

/** An event's names to one value, or to several. */
export type EventValues = Readonly<Record<string, string | readonly string[]>> | null | undefined;

/** Each name's values in a list; those of names that `toName` makes one are joined, in order. */
export function toMultiValues(
  record: EventValues,
  toName = (name: string): string => name,
): Record<string, string[]> {
  const values = createRecord<string[]>();
  for (const [key, value] of Object.entries(record ?? {})) {
    const name = toName(key);
    values[name] = (values[name] ?? []).concat(value);
  }
  return values;
}

/** Names of headers come in any case (RFC 9110 5.1). */
export function lowerCase(name: string): string {
  return name.toLowerCase();
}
