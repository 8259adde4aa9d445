/** A scope token: visible ASCII but `"` and `\` (RFC 6749 section 3.3). */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Whether `value` is one scope by RFC 6749 section 3.3: no space, no quote, no backslash, nothing but ASCII. */
export function isScope(value: unknown): value is string {
  return typeof value === 'string' && SCOPE_TOKEN.test(value);
}

/**
 * Splits a space-separated scope string into its scopes, in order, without repeats. An empty string is no
 * scope at all. Returns undefined when the text breaks the grammar of RFC 6749 section 3.3.
 */
export function parseScopeString(text: string): readonly string[] | undefined {
  if (text === '') return [];
  const scopes = text.split(' ');
  return scopes.every(isScope) ? [...new Set(scopes)] : undefined;
}

/** Whether any of `wanted` is among `granted`. Scopes compare as whole, case-sensitive tokens. */
export function hasAnyScope(granted: readonly string[], wanted: readonly string[]): boolean {
  return wanted.some((scope) => granted.includes(scope));
}
