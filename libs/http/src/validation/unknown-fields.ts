import { pointerToken } from './json-pointer.ts';

/** What one answer lists at most. */
export const MAX_ERRORS = 20;

type Fields = Readonly<Record<string, unknown>>;

const NONE: readonly string[] = [];

/**
 * Pointers of the fields that a schema took from `input` and left out of `output`, at any depth; no more are looked for once an
 * answer is full. Most schema libraries drop unknown fields in silence; a caller who misspells one should hear of it. Values that the
 * schema replaced by something else than an object or array are not looked into.
 */
export function droppedFields(input: unknown, output: unknown): readonly string[] {
  if (!isFields(input) || !isFields(output) || !isPlainLike(output, input)) return NONE;
  let dropped: string[] | undefined;
  for (const key in input) {
    const value = input[key];
    // Pointers are put together on the way back: a body without such a field needs none.
    if (!Object.hasOwn(output, key)) (dropped ??= []).push(pointerToken(key));
    else if (isFields(value)) {
      for (const below of droppedFields(value, output[key])) (dropped ??= []).push(pointerToken(key) + below);
    }
    if (dropped && dropped.length >= MAX_ERRORS) break;
  }
  return dropped ?? NONE;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Both arrays, or `output` an object that is of no class while `input` is no array. */
function isPlainLike(output: Fields, input: Fields): boolean {
  if (Array.isArray(output)) return Array.isArray(input);
  const prototype: unknown = Object.getPrototypeOf(output);
  return !Array.isArray(input) && (prototype === Object.prototype || prototype === null);
}
