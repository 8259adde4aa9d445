import type { ResponseHeader } from '../exchange/exchange.ts';

/** Headers of an integration that reach the client under `x-amzn-Remapped-`: these names are the gateway's own. */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);

/** Renames what the gateway keeps to itself and drops Transfer-Encoding. The prefix keeps the header's own casing. */
export function remapHeaders(headers: readonly ResponseHeader[]): ResponseHeader[] {
  return headers
    .filter(([name]) => !['transfer-encoding', 'keep-alive'].includes(name.toLowerCase()))
    .map(([name, value]) =>
      REMAPPED.has(name.toLowerCase()) ? [`x-amzn-Remapped-${name}`, value] : [name, value],
    );
}
