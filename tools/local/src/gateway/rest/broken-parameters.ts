/**
 * Headers that no integration may be given by a mapping: with one of them the method answers 500 at run time, even where
 * the integration is a proxy and ignores all other mappings.
 */
const BREAKING_HEADERS = new Set([
  'authorization',
  'connection',
  'content-length',
  'expect',
  'proxy-authenticate',
  'te',
  'transfer-encoding',
]);

/** @returns the first request parameter that breaks the integration, such as `integration.request.header.TE`. */
export function findBrokenParameter(parameters: Readonly<Record<string, string>> = {}): string | undefined {
  return Object.keys(parameters).find((name) => {
    const header = /^integration\.request\.header\.(.+)$/.exec(name)?.[1];
    return header !== undefined && BREAKING_HEADERS.has(header.toLowerCase());
  });
}
