import { quoteIdempotencyKey } from './idempotency-key.ts';
import type { ClientRequest } from './transport.ts';

/** An operation's address with the parts of one call, untyped. */
export interface CallParts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface OperationAddress {
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  /** Every status that is no problem, and whether its answer has a body. */
  readonly answers: Readonly<Record<number, 'json' | 'empty'>>;
}

/** Methods that may be repeated (RFC 9110 9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * One call as a request. Throws a TypeError for what cannot be sent as it is: a path parameter that is missing or would name
 * another path, text without a UTF-8 form in the URL, an idempotency key that cannot be quoted.
 */
export function buildRequest(baseUrl: string, address: OperationAddress, parts: CallParts): ClientRequest {
  const { params = {}, query = {}, body, ifMatch, idempotencyKey, headers = {}, signal } = parts;
  return {
    method: address.method,
    url: baseUrl.replace(/\/+$/, '') + fillPath(address.path, params) + toQueryString(query),
    headers: {
      accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'content-type': address.contentType ?? 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': quoteIdempotencyKey(idempotencyKey) }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    idempotent: idempotentMethods.has(address.method) || idempotencyKey !== undefined,
    retries: 0,
    ...(signal === undefined ? {} : { signal }),
  };
}

function fillPath(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    // A dot segment would be taken out of the URL (RFC 3986 5.2.4) and leave another path.
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
      throw new TypeError(`${name} is no path parameter: ${JSON.stringify(value)}`);
    }
    return encode(name, value);
  });
}

function toQueryString(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query)
    .filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encode(name, String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encode(name: string, value: string): string {
  try {
    return encodeURIComponent(value);
  } catch (cause) {
    throw new TypeError(`${name} has no UTF-8 form: ${JSON.stringify(value)}`, { cause });
  }
}
