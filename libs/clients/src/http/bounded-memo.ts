/** Longer keys are not remembered, so that what is remembered is bounded in bytes too. */
const maxKeyLength = 1_024;

/**
 * Remembers what `create` makes of a text. When `most` are known all are forgotten, which is cheaper than an order of
 * use, and no worse where the texts are few. What `create` throws is thrown, and not remembered.
 */
export function createBoundedMemo<Value extends object>(
  most: number,
  create: (key: string) => Value,
): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const value = create(key);
    if (known.size >= most) known.clear();
    if (key.length <= maxKeyLength) known.set(key, value);
    return value;
  };
}
