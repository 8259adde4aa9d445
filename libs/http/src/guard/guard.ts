import type { PrincipalLike } from '../contract/handlers.ts';
import type { Access } from '../contract/operation.ts';
import type { Exchange } from '../features/feature.ts';
import { chain } from '../maybe-async.ts';
import type { MaybePromise } from '../maybe-async.ts';
import type { CodeOf } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import type { Problem } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';

/** Who may call an operation that is not public. */
export type GuardedAccess = Exclude<Access, { readonly kind: 'public' }>;

/** Says who calls, or throws a problem. Asked for every request to an operation that is not public. */
export type Guard<P extends PrincipalLike> = (access: GuardedAccess, exchange: Exchange) => MaybePromise<P>;

export interface GuardOptions<P extends PrincipalLike> {
  /**
   * Who calls; `undefined` is answered 401. What it throws goes the way of every error: a key source that is down is
   * a 503 by `mapError`, never a 401.
   */
  readonly authenticate: (request: HttpRequest) => MaybePromise<P | undefined>;
}

/**
 * Asks `authenticate`, then holds the principal to the operation's access. Throws problems: 401 without a principal or after
 * its end (RFC 6750 3.1 `invalid_token`), 403 without a scope (`insufficient_scope`) or where only services may call.
 */
export function guard<P extends PrincipalLike>({ authenticate }: GuardOptions<P>): Guard<P> {
  return (access, { request, clock }) =>
    chain(authenticate(request), access, (principal) => {
      assertPermitted(access, principal, clock());
      return principal;
    });
}

function assertPermitted<P extends PrincipalLike>(
  access: GuardedAccess,
  principal: P | undefined,
  nowMs: number,
): asserts principal is P {
  if (!principal) {
    throw unauthorized('HTTP_UNAUTHENTICATED', 'Credentials are missing or not accepted.', 'Bearer');
  }
  if (principal.expiresAtSeconds !== undefined && principal.expiresAtSeconds * 1000 <= nowMs) {
    const challenge = 'Bearer error="invalid_token", error_description="expired"';
    throw unauthorized('HTTP_CREDENTIALS_EXPIRED', 'The credentials have expired.', challenge);
  }
  if (access.kind === 'internal' && principal.kind !== 'service') {
    throw forbidden('HTTP_INTERNAL_ONLY', 'This operation is for services of the same system.');
  }
  if (access.anyOf.some((scope) => principal.scopes.includes(scope))) return;
  throw forbidden('HTTP_SCOPE_MISSING', 'The credentials lack a scope that this operation needs.', {
    'www-authenticate': `Bearer error="insufficient_scope", scope="${access.anyOf.join(' ')}"`,
  });
}

function unauthorized(code: CodeOf<401>, detail: string, challenge: string): HttpProblem {
  const headers = { 'www-authenticate': challenge };
  return new HttpProblem({ status: 401, title: 'Unauthorized', code, detail, headers });
}

function forbidden(code: CodeOf<403>, detail: string, headers: Problem['headers'] = {}): HttpProblem {
  return new HttpProblem({ status: 403, title: 'Forbidden', code, detail, headers });
}
