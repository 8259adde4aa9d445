/** Scheme, host and port as a browser sends them (RFC 6454 6.2), with `*` for one label of the host. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@*,]+$/;
const PATTERN = /^[a-z][a-z0-9+.-]*:\/\/\*(?:\.[a-z0-9-]+)+(?::\d+)?$/;

/** What an entry of an origin list is. */
export type OriginKind = 'any' | 'exact' | 'pattern';

/**
 * `*` (any), `https://app.example.com` (exact) or `https://*.example.com` (pattern: `*` is one label, so neither
 * `example.com` nor `a.b.example.com`). Throws a TypeError for anything else, `null` too: sandboxed documents of
 * any site send it (Fetch 3.2).
 */
export function originKind(entry: string): OriginKind {
  if (entry === '*') return 'any';
  if (ORIGIN.test(entry)) return 'exact';
  if (PATTERN.test(entry)) return 'pattern';
  throw new TypeError(
    `Not an origin: ${JSON.stringify(entry)} (https://app.example.com, https://*.example.com or *)`,
  );
}

/** What goes into Access-Control-Allow-Origin; `undefined` for an origin that may not read the answer. */
export type OriginRule = (origin: string) => string | undefined;

/**
 * Compiles a list. The rule compares as browsers write origins: lower case, no default port, no trailing slash. Throws a
 * TypeError for what is no origin, and for `*` with credentials.
 */
export function createOriginRule(origins: readonly string[], credentials = false): OriginRule {
  const ofKind = (kind: OriginKind): string[] => origins.filter((entry) => originKind(entry) === kind);
  const exact = ofKind('exact');
  const patterns = ofKind('pattern').map(
    (entry) => new RegExp(`^${entry.replaceAll('.', '\\.').replace('*', '[a-z0-9-]+')}$`),
  );
  const any = origins.includes('*');
  if (any && credentials) throw new TypeError('CORS: credentials need named origins, not *');
  return (origin) => {
    if (any) return origin === 'null' ? undefined : '*';
    return exact.includes(origin) || patterns.some((pattern) => pattern.test(origin)) ? origin : undefined;
  };
}
