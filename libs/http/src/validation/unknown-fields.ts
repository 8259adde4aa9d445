import { pointerToken } from './json-pointer.ts';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const NONE: readonly string[] = [];

/**
 * Pointers of the fields that a schema took from `input` and left out of `output`, at any depth. Most schema
 * libraries drop unknown fields in silence; a caller who misspells one should hear of it. Values that the schema replaced by
 * something else than an object or array are not looked into.
 */
export function droppedFields(input: unknown, output: unknown, pointer = ''): readonly string[] {
  if (!isObject(input) || !isObject(output) || Array.isArray(input) !== Array.isArray(output)) return NONE;
  const prototype: unknown = Object.getPrototypeOf(output);
  if (!Array.isArray(output) && prototype !== Object.prototype && prototype !== null) return NONE;
  let dropped = NONE;
  for (const key in input) {
    const found = !Object.hasOwn(output, key)
      ? [pointer + pointerToken(key)]
      : isObject(input[key])
        ? droppedFields(input[key], output[key], pointer + pointerToken(key))
        : NONE;
    if (found.length > 0) dropped = dropped.concat(found);
  }
  return dropped;
}
