import { oneOrAll } from './read-parameters.ts';

const INTEGER = /^-?(?:0|[1-9]\d{0,15})$/;
/** JSON's numbers (RFC 8259 6). */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whole numbers that JavaScript holds exactly, in decimal, without leading zeros. */
export function toInteger(texts: readonly string[]): unknown {
  return oneOrAll(texts.map(parseInteger));
}

/** The same, and always an array. */
export function toIntegers(texts: readonly string[]): unknown {
  return texts.map(parseInteger);
}

/** Numbers by JSON's grammar. */
export function toNumber(texts: readonly string[]): unknown {
  return oneOrAll(
    texts.map((text) => (NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : text)),
  );
}

/** `true` and `false`. */
export function toBoolean(texts: readonly string[]): unknown {
  return oneOrAll(texts.map((text) => (text === 'true' || text === 'false' ? text === 'true' : text)));
}

/** Always an array, of one element too. */
export function toStrings(texts: readonly string[]): unknown {
  return texts;
}

function parseInteger(text: string): number | string {
  const value = INTEGER.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : text;
}
