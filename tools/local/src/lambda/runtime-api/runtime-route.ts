/** The operations of the Runtime API, version 2018-06-01. */
export type RuntimeRoute =
  | { readonly kind: 'next' }
  | { readonly kind: 'response' | 'error'; readonly requestId: string }
  | { readonly kind: 'init-error' }
  | { readonly kind: 'unknown' };

const BASE = '/2018-06-01/runtime/';
const INVOCATION = `${BASE}invocation/`;

/**
 * Finds the operation of a request.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function runtimeRoute(method: string, path: string): RuntimeRoute {
  if (method === 'GET') return path === `${INVOCATION}next` ? { kind: 'next' } : { kind: 'unknown' };
  if (method !== 'POST') return { kind: 'unknown' };
  if (path === `${BASE}init/error`) return { kind: 'init-error' };
  if (!path.startsWith(INVOCATION)) return { kind: 'unknown' };
  const slash = path.indexOf('/', INVOCATION.length);
  const requestId = path.slice(INVOCATION.length, slash === -1 ? path.length : slash);
  const operation = slash === -1 ? '' : path.slice(slash + 1);
  return operation === 'response' || operation === 'error'
    ? { kind: operation, requestId }
    : { kind: 'unknown' };
}
