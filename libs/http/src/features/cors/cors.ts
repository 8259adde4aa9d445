import type { Operation } from '../../contract/operation.ts';
import type { HttpRequest } from '../../request/http-request.ts';
import type { HeaderRecord } from '../../response/http-response.ts';
import { varyOn } from '../../response/vary-on.ts';
import type { Feature } from '../feature.ts';
import { createOriginRule } from './origin-rule.ts';
import type { OriginRule } from './origin-rule.ts';

/** Plain data, so that the same declaration serves the function and the infrastructure. */
export interface CorsDeclaration {
  /** `https://app.example.com`, `https://*.example.com` (one label), or `*`. */
  readonly origins: readonly string[];
  /** Whether a browser may send cookies and read the answer; not with the origin `*`. Default false. */
  readonly credentials?: boolean;
  /** Request headers beyond the safelisted ones. Default: those that the kernel itself reads. */
  readonly allowedHeaders?: readonly string[];
  /** Response headers that scripts may read. Default: ETag, Location, Retry-After and Idempotency-Replayed. */
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
export const DEFAULT_EXPOSED_HEADERS: readonly string[] = [
  'etag',
  'location',
  'retry-after',
  'idempotency-replayed',
];
const DEFAULT_MAX_AGE_SECONDS = 600;
const METHOD = /^[A-Z]+$/;
const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';

/**
 * CORS (Fetch 3.2) on every answer, errors and unknown paths too, so that a script sees the problem and not a network
 * error. `Vary: Origin` is always there, or a cache would hand one origin's answer to another. An operation's own
 * `cors` goes before the declaration. Throws a TypeError for a malformed origin, and for `*` with credentials.
 */
export function cors(declaration: CorsDeclaration): Feature {
  const {
    credentials = false,
    allowedHeaders = DEFAULT_ALLOWED_HEADERS,
    exposedHeaders = DEFAULT_EXPOSED_HEADERS,
    maxAgeSeconds = DEFAULT_MAX_AGE_SECONDS,
  } = declaration;
  const apiRule = createOriginRule(declaration.origins, credentials);
  const operationRules = new Map<Operation, OriginRule>();
  const allowed = allowedHeaders.join(', ');
  const exposed = exposedHeaders.join(', ');

  /** Says in `headers` that `origin` may read the answer, if it may. */
  function admit(origin: string, operation: Operation | undefined, headers: HeaderRecord): boolean {
    const rule = operation?.cors === undefined ? apiRule : (operationRules.get(operation) ?? apiRule);
    const answer = rule(origin);
    if (answer === undefined) return false;
    headers['access-control-allow-origin'] = answer;
    if (credentials) headers['access-control-allow-credentials'] = 'true';
    return true;
  }

  return {
    name: 'cors',
    check(_id, operation) {
      const { cors: own } = operation;
      if (own !== undefined)
        operationRules.set(operation, createOriginRule(own ? own.origins : [], credentials));
    },
    preflight(exchange) {
      const { request } = exchange;
      const method = preflightMethod(request);
      if (method === undefined) return undefined;
      const headers: HeaderRecord = { vary: PREFLIGHT_VARY };
      if (admit(request.header('origin') ?? '', exchange.operationFor(method), headers)) {
        // An unknown path is let through, so that the script reads its 404.
        headers['access-control-allow-methods'] = exchange.allow.join(', ') || method;
        headers['access-control-allow-headers'] = allowed;
        headers['access-control-max-age'] = String(maxAgeSeconds);
      }
      return { status: 204, headers };
    },
    finish(headers, { request, operation }) {
      // A preflight's answer says all that it has to.
      if (headers['vary'] === PREFLIGHT_VARY) return;
      headers['vary'] = varyOn(headers['vary'], 'Origin');
      const origin = request.header('origin');
      if (origin !== undefined && admit(origin, operation, headers) && exposed !== '') {
        headers['access-control-expose-headers'] = exposed;
      }
    },
  };
}

/** The method that a preflight asks for (Fetch 3.2.2: OPTIONS with an origin); `undefined` for any other request. */
function preflightMethod(request: HttpRequest): string | undefined {
  if (request.method !== 'OPTIONS' || request.header('origin') === undefined) return undefined;
  const method = request.header('access-control-request-method') ?? '';
  return METHOD.test(method) ? method : undefined;
}
