import { isList, isObject } from '../assembly/json.ts';
import type { Json, JsonObject } from '../assembly/json.ts';

/**
 * Whether a record passes a list of event filter patterns: one of them matches, or there is none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function passesFilters(
  record: JsonObject,
  patterns: readonly Readonly<Record<string, unknown>>[],
): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern as JsonObject, record));
}

/** Every member of a pattern has to match; `$or` holds alternatives. */
export function matchesPattern(pattern: JsonObject, value: Json | undefined): boolean {
  return Object.entries(pattern).every(([name, part]) => {
    if (name === '$or' && isList(part)) {
      return part.some((alternative) => isObject(alternative) && matchesPattern(alternative, value));
    }
    const member = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    if (isList(part)) return part.some((rule) => matchesLeaf(rule, member));
    return isObject(part) && matchesPattern(part, member);
  });
}

/** A rule against a leaf. A list in the record matches when one of its elements does. */
function matchesLeaf(rule: Json, value: Json | undefined): boolean {
  if (isObject(rule) && Object.hasOwn(rule, 'exists')) return rule['exists'] === isLeaf(value);
  const values = isList(value) ? value : [value];
  return values.some((element) => matchesRule(rule, element));
}

/** `exists` looks at leaves alone: an object is none. */
function isLeaf(value: Json | undefined): boolean {
  return value !== undefined && !isObject(value);
}

function matchesRule(rule: Json, value: Json | undefined): boolean {
  if (!isObject(rule)) return rule === value;
  const [operator, operand = null] = Object.entries(rule)[0] ?? [];
  switch (operator) {
    case 'prefix':
      return compareText(operand, value, (text, part) => text.startsWith(part));
    case 'suffix':
      return compareText(operand, value, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return compareText(operand, value, (text, part) => text.toLowerCase() === part.toLowerCase());
    case 'anything-but':
      return value !== undefined && !matchesAnythingBut(operand, value);
    case 'numeric':
      return typeof value === 'number' && isList(operand) && isInRange(operand, value);
    default:
      return false;
  }
}

/** The operand of `anything-but`: a value, a list of values, or an object with `prefix` or `suffix`. */
function matchesAnythingBut(operand: Json, value: Json): boolean {
  return isList(operand) ? operand.includes(value) : matchesRule(operand, value);
}

function compareText(
  operand: Json,
  value: Json | undefined,
  compare: (text: string, part: string) => boolean,
): boolean {
  return typeof operand === 'string' && typeof value === 'string' && compare(value, operand);
}

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `[">", 0, "<=", 5]`: every pair has to hold. */
function isInRange(range: readonly Json[], value: number): boolean {
  for (let index = 0; index < range.length; index += 2) {
    const operator = range[index];
    const compare = typeof operator === 'string' ? comparisons[operator] : undefined;
    const limit = range[index + 1];
    if (compare === undefined || typeof limit !== 'number' || !compare(value, limit)) return false;
  }
  return range.length > 0;
}
