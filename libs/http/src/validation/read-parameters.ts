import type { Coercions } from '../contract/operation.ts';
import { createRecord } from '../null-record.ts';
import type { MultiValues } from '../request/http-request.ts';

/** Parameters as their schema expects them: what `coercions` names by its function, the rest as strings. */
export function readParameters(values: MultiValues, coercions: Coercions = {}): Record<string, unknown> {
  const parameters = createRecord<unknown>();
  for (const name in values) {
    const texts = values[name] ?? [];
    const coerce = Object.hasOwn(coercions, name) ? coercions[name] : undefined;
    parameters[name] = coerce ? coerce(texts) : oneOrAll(texts);
  }
  return parameters;
}

/** A name sent twice is an array, whatever is declared: its schema decides. */
export function oneOrAll(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
