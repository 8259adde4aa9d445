import type { Operation } from '../../contract/operation.ts';
import type { HttpRequest } from '../../request/http-request.ts';
import { varyOn, withHeaders } from '../../response/header-lists.ts';
import type { Feature } from '../feature.ts';
import { createOriginRule } from './origin-rule.ts';

/** Plain data, so that the same declaration serves the function and the infrastructure. */
export interface CorsDeclaration {
  /** `https://app.example.com`, `https://*.example.com` (one label), or `*`. */
  readonly origins: readonly string[];
  /** Whether a browser may send cookies and read the answer; not with the origin `*`. Default false. */
  readonly credentials?: boolean;
  /** Request headers beyond the safelisted ones. Default: those that the kernel itself reads. */
  readonly allowedHeaders?: readonly string[];
  /** Response headers that scripts may read. Default: ETag, Location and Retry-After. */
  readonly exposedHeaders?: readonly string[];
  /** How long a browser keeps a preflight's answer; browsers cap it at 2 h or 24 h. Default 600. */
  readonly maxAgeSeconds?: number;
}

export const DEFAULT_ALLOWED_HEADERS: readonly string[] = [
  'authorization',
  'content-type',
  'if-match',
  'if-none-match',
  'idempotency-key',
];
export const DEFAULT_EXPOSED_HEADERS: readonly string[] = ['etag', 'location', 'retry-after'];
const DEFAULT_MAX_AGE_SECONDS = 600;
const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
const METHOD = /^[A-Z]+$/;

/**
 * CORS (Fetch 3.2) on every answer, errors and unknown paths too, so that a script sees the problem and not a network
 * error. `Vary: Origin` is always there, or a cache would hand one origin's answer to another. An operation's own
 * `cors` goes before the declaration. Throws a TypeError for a malformed origin, and for `*` with credentials.
 */
export function cors(declaration: CorsDeclaration): Feature {
  const credentials = declaration.credentials === true;
  const apiRule = compileRule(declaration.origins, credentials);
  const operationRules = new Map<Operation, CompiledRule>();
  const credentialsHeader = credentials ? { 'access-control-allow-credentials': 'true' } : undefined;
  const answerHeaders = {
    ...credentialsHeader,
    'access-control-expose-headers': (declaration.exposedHeaders ?? DEFAULT_EXPOSED_HEADERS).join(', '),
  };
  const preflightHeaders = {
    ...credentialsHeader,
    'access-control-allow-headers': (declaration.allowedHeaders ?? DEFAULT_ALLOWED_HEADERS).join(', '),
    'access-control-max-age': String(declaration.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS),
  };

  /** What goes into Access-Control-Allow-Origin; `undefined` for an origin that may not read the answer. */
  function allowedOrigin(origin: string, operation: Operation | undefined): string | undefined {
    const rule = (operation && operationRules.get(operation)) ?? apiRule;
    if (!rule.allows(origin)) return undefined;
    return rule.any ? '*' : origin;
  }

  return {
    name: 'cors',
    check(id, operation) {
      if (operation.cors === undefined) return;
      const origins = operation.cors === false ? [] : operation.cors.origins;
      operationRules.set(operation, compileRule(origins, credentials, id));
    },
    preflight(exchange) {
      const { request } = exchange;
      if (!isPreflight(request)) return undefined;
      const origin = request.header('origin') ?? '';
      const method = request.header('access-control-request-method') ?? '';
      const response = { status: 204, headers: { vary: PREFLIGHT_VARY } };
      const allowed = allowedOrigin(origin, exchange.operationFor(method));
      if (allowed === undefined) return response;
      // An unknown path is let through, so that the script reads its 404.
      const methods = exchange.allow.length > 0 ? exchange.allow.join(', ') : method;
      const answer = { 'access-control-allow-origin': allowed, 'access-control-allow-methods': methods };
      return withHeaders(response, answer, preflightHeaders);
    },
    finish(response, exchange) {
      const { request, operation } = exchange;
      const vary = varyOn(response.headers['vary'], 'Origin');
      const origin = request.header('origin');
      // A preflight goes by the operation that it asks for, and has been answered.
      const isOpen = origin !== undefined && !isPreflight(request);
      const allowed = isOpen ? allowedOrigin(origin, operation) : undefined;
      if (allowed === undefined) return withHeaders(response, { vary });
      return withHeaders(response, { vary, 'access-control-allow-origin': allowed }, answerHeaders);
    },
  };
}

/** Fetch 3.2.2: OPTIONS with an origin and the method to come. */
function isPreflight(request: HttpRequest): boolean {
  if (request.method !== 'OPTIONS' || request.header('origin') === undefined) return false;
  return METHOD.test(request.header('access-control-request-method') ?? '');
}

interface CompiledRule {
  /** The list has `*`. */
  readonly any: boolean;
  allows(origin: string): boolean;
}

function compileRule(origins: readonly string[], credentials: boolean, owner?: string): CompiledRule {
  const any = origins.includes('*');
  if (any && credentials) {
    const where = owner === undefined ? 'CORS' : `CORS of ${owner}`;
    throw new TypeError(`${where}: credentials need named origins, not *`);
  }
  return { any, allows: createOriginRule(origins) };
}
