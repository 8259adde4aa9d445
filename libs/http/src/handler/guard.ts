import type { PrincipalLike } from '../contract/handlers.ts';
import type { Access } from '../contract/operation.ts';
import { kernelProblem } from '../problem/kernel-problems.ts';

/**
 * Throws a problem unless `principal` may call an operation with this access: 401 without one or after its end
 * (RFC 6750 3.1 `invalid_token`), 403 without a scope (`insufficient_scope`) or where only services may call.
 */
export function assertPermitted(
  access: Exclude<Access, { readonly kind: 'public' }>,
  principal: PrincipalLike | undefined,
  nowMs: number,
): asserts principal is PrincipalLike {
  if (!principal) throw kernelProblem('HTTP_UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer' } });
  if (principal.expiresAtSeconds !== undefined && principal.expiresAtSeconds * 1000 <= nowMs) {
    throw kernelProblem('HTTP_CREDENTIALS_EXPIRED', {
      headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="expired"' },
    });
  }
  if (access.kind === 'internal' && principal.kind !== 'service') throw kernelProblem('HTTP_INTERNAL_ONLY');
  if (access.anyOf.some((scope) => principal.scopes.includes(scope))) return;
  throw kernelProblem('HTTP_SCOPE_MISSING', {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${access.anyOf.join(' ')}"` },
  });
}
