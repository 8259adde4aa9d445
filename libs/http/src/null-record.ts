/**
 * A record without Object's prototype, so that `__proto__` and `constructor` are keys like any other. Made by a
 * constructor, V8 keeps it in fast mode; Object.create(null) is a dictionary, and several times slower to fill and freeze.
 */
const NullRecord = function (): void {
  // Its prototype is the point of it.
} as unknown as new <T>() => Record<string, T>;
NullRecord.prototype = Object.freeze(Object.create(null)) as object;

export function createRecord<T>(): Record<string, T> {
  return new NullRecord<T>();
}
