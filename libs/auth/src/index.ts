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
export {
  AUTH_ERRORS,
  AuthError,
  isAuthError,
  type AuthErrorCode,
  type AuthErrorKind,
  type AuthErrorOptions,
} from './errors.ts';
export { verifyWebhook, WEBHOOK_SCHEMES, type WebhookScheme } from './webhooks/verify-webhook.ts';
export type { VerifiedWebhook, WebhookDelivery, WebhookVerification } from './webhooks/webhook-delivery.ts';
export { parseWebhookKey, type WebhookKey, type WebhookSecretEncoding } from './webhooks/webhook-key.ts';
export {
  parseAuthConfig,
  type AuthConfig,
  type AuthConfigInput,
  type IssuerConfig,
  type KeyLocation,
} from './config/auth-config.ts';
export type { KeySelector, KeySource, VerificationKey } from './keys/key-source.ts';
export type { Clock, RefreshPolicy } from './keys/refreshed.ts';
export {
  createSecretKeySource,
  SECRET_POLICY,
  type ReadSecret,
  type SecretKeysOptions,
  type SecretStage,
} from './keys/secret-keys.ts';
export {
  simpleResult,
  stageResource,
  wholeStagePolicy,
  type Effect,
  type PolicyResult,
  type SimpleResult,
} from './policy/whole-stage-policy.ts';
export { ALGORITHMS, type Algorithm, type AlgorithmRule } from './token/algorithms.ts';
export {
  createTokenVerifier,
  type TokenVerifier,
  type TokenVerifierDependencies,
} from './token/verify-token.ts';
