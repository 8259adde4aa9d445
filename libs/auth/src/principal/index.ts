/**
 * Who calls, and the answer of whoever says so: for a function that is behind an authorizer, and verifies tokens itself seldom or
 * never. The library's whole face loads the verifier, and jose with it.
 */
export { AuthError, isAuthError, type AuthErrorCode, type AuthErrorKind } from '../errors.ts';
export { principalFromContext, toAuthorizerContext, type AuthorizerContext } from './authorizer-context.ts';
export {
  apiKeyPrincipal,
  isExpired,
  servicePrincipal,
  subjectOf,
  type ApiKeyPrincipal,
  type Principal,
  type ServicePrincipal,
  type UserPrincipal,
} from './principal.ts';
export { hasAnyScope, isScope, parseScopeString } from './scopes.ts';
