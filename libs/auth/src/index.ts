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
