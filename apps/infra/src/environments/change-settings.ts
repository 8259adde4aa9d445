/**
 * Settings with some members changed: objects member by member, anything else, lists too, as a whole; null takes a member out
 * (a JSON merge patch, RFC 7396). What comes out is unchecked.
 */
export function changeSettings(settings: unknown, change: unknown): unknown {
  if (!isRecord(change)) return change;
  const base = isRecord(settings) ? settings : {};
  return Object.fromEntries(
    Object.keys({ ...base, ...change })
      .filter((key) => change[key] !== null)
      .map((key) => [key, Object.hasOwn(change, key) ? changeSettings(base[key], change[key]) : base[key]]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
