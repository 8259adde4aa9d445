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
  if (PATTERN.test(entry)) return 'pattern';
  if (ORIGIN.test(entry)) return 'exact';
  throw new TypeError(
    `Not an origin: ${JSON.stringify(entry)} (https://app.example.com, https://*.example.com or *)`,
  );
}

/** Compiles a list. The predicate compares as browsers write origins: lower case, no default port, no trailing slash. */
export function createOriginRule(origins: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  const patterns: RegExp[] = [];
  let any = false;
  for (const entry of origins) {
    const kind = originKind(entry);
    if (kind === 'any') any = true;
    else if (kind === 'exact') exact.add(entry);
    else patterns.push(new RegExp(`^${entry.replaceAll('.', '\\.').replace('*', '[a-z0-9-]+')}$`));
  }
  return (origin) =>
    origin !== 'null' && (any || exact.has(origin) || patterns.some((pattern) => pattern.test(origin)));
}
