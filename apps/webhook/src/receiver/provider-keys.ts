import type { WebhookKey } from '@gatehouse/auth';
import type { Provider } from './provider.ts';

/** Where a provider's keys come from. */
export interface ProviderKeys {
  /**
   * The keys that verify now: the current secret, and the previous one while a rotation is under way.
   *
   * @throws {WebhookError} `WEBHOOK_SECRET_UNAVAILABLE`.
   */
  current(provider: Provider): Promise<readonly WebhookKey[]>;
  /**
   * The keys, read anew because no cached one has verified a delivery: a secret may just have been rotated.
   *
   * @returns undefined when there are no newer ones, or they were read a moment ago: forgeries cause few reads.
   * @throws {WebhookError} `WEBHOOK_SECRET_UNAVAILABLE`.
   */
  renewed(provider: Provider): Promise<readonly WebhookKey[] | undefined>;
}
