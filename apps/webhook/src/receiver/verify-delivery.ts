import { isAuthError, verifyWebhook, type VerifiedWebhook, type WebhookKey } from '@gatehouse/auth';
import type { HttpRequest } from '@gatehouse/http';
import { WebhookError } from '../errors.ts';
import type { ProviderKeys } from './provider-keys.ts';
import type { Provider } from './provider.ts';

export interface VerifyDeliveryDependencies {
  readonly keys: ProviderKeys;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * Verifies a request's signature with the provider's keys; once more with keys read anew when none of the cached ones
 * fits, so that a rotated secret works at once.
 *
 * @throws {WebhookError} `WEBHOOK_UNVERIFIED`, with the rule that refused as its cause, or `WEBHOOK_SECRET_UNAVAILABLE`.
 */
export async function verifyDelivery(
  request: HttpRequest,
  provider: Provider,
  { keys, clock }: VerifyDeliveryDependencies,
): Promise<VerifiedWebhook> {
  const nowSeconds = Math.floor(clock() / 1000);
  const verify = (current: readonly WebhookKey[]): VerifiedWebhook =>
    verifyWebhook(
      provider.scheme,
      { header: (name) => request.headers[name] ?? [], body: request.body },
      { keys: current, toleranceSeconds: provider.toleranceSeconds, nowSeconds },
    );
  try {
    return verify(await keys.current(provider));
  } catch (error) {
    if (!isAuthError(error, 'unauthenticated')) throw error;
    const renewed = error.code === 'AUTH_WEBHOOK_SIGNATURE' ? await keys.renewed(provider) : undefined;
    return verifyAgain(verify, renewed, error);
  }
}

function verifyAgain(
  verify: (keys: readonly WebhookKey[]) => VerifiedWebhook,
  renewed: readonly WebhookKey[] | undefined,
  first: unknown,
): VerifiedWebhook {
  try {
    if (renewed !== undefined) return verify(renewed);
  } catch (error) {
    if (!isAuthError(error, 'unauthenticated')) throw error;
  }
  throw new WebhookError('WEBHOOK_UNVERIFIED', 'The delivery is not verified', { cause: first });
}
