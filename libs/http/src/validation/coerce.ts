import type { Coercion, Coercions } from '../contract/operation.ts';
import type { MultiValues } from '../request/http-request.ts';
import { createRecord } from '../null-record.ts';

const INTEGER = /^-?(?:0|[1-9]\d{0,15})$/;
/** JSON's numbers (RFC 8259 6). */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function coerceText(text: string, coercion: Coercion): unknown {
  switch (coercion) {
    case 'integer':
    case 'integers': {
      const value = INTEGER.test(text) ? Number(text) : NaN;
      return Number.isSafeInteger(value) ? value : text;
    }
    case 'number': {
      const value = NUMBER.test(text) ? Number(text) : NaN;
      return Number.isFinite(value) ? value : text;
    }
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'strings':
      return text;
  }
}

/**
 * Parameters as their schema expects them. Only what `coercions` names changes; text that does not fit its
 * coercion stays text. A name sent twice is an array, whatever is declared: its schema decides.
 */
export function coerceParameters(values: MultiValues, coercions: Coercions = {}): Record<string, unknown> {
  const coerced = createRecord<unknown>();
  for (const name in values) {
    const texts = values[name] ?? [];
    const coercion = Object.hasOwn(coercions, name) ? coercions[name] : undefined;
    const parts = coercion === undefined ? texts : texts.map((text) => coerceText(text, coercion));
    const isList = coercion === 'strings' || coercion === 'integers';
    coerced[name] = parts.length === 1 && !isList ? parts[0] : parts;
  }
  return coerced;
}

/** The same for path parameters, which have one value each. */
export function coercePathParameters(
  values: Readonly<Record<string, string>>,
  coercions: Coercions = {},
): Record<string, unknown> {
  const coerced = createRecord<unknown>();
  for (const name of Object.keys(values)) {
    const coercion = Object.hasOwn(coercions, name) ? coercions[name] : undefined;
    const text = values[name] ?? '';
    coerced[name] = coercion === undefined ? text : coerceText(text, coercion);
  }
  return coerced;
}
