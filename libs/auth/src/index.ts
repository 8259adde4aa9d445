export {
  principalFromContext,
  toAuthorizerContext,
  type AuthorizerContext,
} from './principal/authorizer-context.ts';
export {
  apiKeyPrincipal,
  isExpired,
  servicePrincipal,
  subjectOf,
  type ApiKeyPrincipal,
  type Principal,
  type ServicePrincipal,
  type UserPrincipal,
} from './principal/principal.ts';
export { hasAnyScope, isScope, parseScopeString } from './principal/scopes.ts';
