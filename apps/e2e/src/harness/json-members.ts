/** A member of parsed JSON; undefined where it is no object, or has none of that name. */
export function member(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
  return (json as Readonly<Record<string, unknown>>)[name];
}

/** The same, for text that has to be there. */
export function textMember(json: unknown, name: string): string {
  const value = member(json, name);
  if (typeof value === 'string') return value;
  throw new TypeError(`no text ${name} in ${JSON.stringify(json)}`);
}

/** The same, for a list that has to be there. */
export function listMember(json: unknown, name: string): readonly unknown[] {
  const value = member(json, name);
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new TypeError(`no list ${name} in ${JSON.stringify(json)}`);
}

/** Where the page after a list's page begins; undefined for the last one. */
export function nextCursor(page: unknown): string | undefined {
  return member(page, 'nextCursor') === undefined ? undefined : textMember(page, 'nextCursor');
}
