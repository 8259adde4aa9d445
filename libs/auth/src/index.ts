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
  type IntrospectionConfig,
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
export { addressRangeFault, createAllowList, type AllowList } from './address/allow-list.ts';
export { createApiKeyRegistry, type ApiKeyEntry, type ApiKeyRegistry } from './api-key/api-key-registry.ts';
export {
  parseRequestAuthConfig,
  type RequestAuthConfig,
  type RequestAuthConfigInput,
} from './config/request-auth-config.ts';
export {
  createIntrospector,
  type Introspector,
  type IntrospectorDependencies,
} from './introspection/introspect.ts';
export type { IntrospectedToken } from './introspection/introspection-response.ts';
export type { DocumentRequest, FetchDocument, FetchedDocument } from './keys/fetch-document.ts';
export { createJwksKeySource, JWKS_POLICY, type JwksKeysOptions } from './keys/jwks-keys.ts';
export { auth0Issuer, type Auth0Api } from './profiles/auth0.ts';
export { cognitoIssuer, type CognitoPool } from './profiles/cognito.ts';
export { entraIdIssuer, type EntraApi } from './profiles/entra-id.ts';
export { genericIssuer, type GenericIssuer } from './profiles/generic.ts';
export type { IssuerEntry } from './profiles/issuer-profile.ts';
export { oktaIssuer, type OktaServer } from './profiles/okta.ts';
