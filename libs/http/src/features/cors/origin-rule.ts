/** Scheme, host and port as a browser sends them (RFC 6454 6.2), in lower case, with `*` for the host's first label. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/(\*(?=\.))?[^A-Z/?#\s@*,]+$/;
const LABEL = /^[a-z0-9-]+$/;

/** What an entry of an origin list is. */
export type OriginKind = 'any' | 'exact' | 'pattern';

/**
 * `*` (any), `https://app.example.com` (exact) or `https://*.example.com` (pattern: `*` is one label, so neither
 * `example.com` nor `a.b.example.com`). Throws a TypeError for anything else: `null`, which sandboxed documents of any
 * site send (Fetch 3.2), and what no browser sends, such as a default port.
 */
export function originKind(entry: string): OriginKind {
  if (entry === '*') return 'any';
  const [origin, star] = ORIGIN.exec(entry) ?? [];
  const defaultPort = entry.startsWith('https:') ? ':443' : ':80';
  if (origin !== undefined && !entry.endsWith(defaultPort)) return star === undefined ? 'exact' : 'pattern';
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
  const exact: string[] = [];
  const patterns: string[] = [];
  for (const entry of origins) (originKind(entry) === 'pattern' ? patterns : exact).push(entry);
  const any = origins.includes('*');
  if (any && credentials) throw new TypeError('CORS: credentials need named origins, not *');
  return (origin) => {
    if (any) return origin === 'null' ? undefined : '*';
    const isKnown = exact.includes(origin) || patterns.some((pattern) => fits(origin, pattern));
    return isKnown ? origin : undefined;
  };
}

function fits(origin: string, pattern: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  if (!origin.startsWith(before) || !origin.endsWith(after)) return false;
  return LABEL.test(origin.slice(before.length, -after.length));
}
