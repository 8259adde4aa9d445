import { isAuthError, parseWebhookKey, type WebhookKey } from '@gatehouse/auth';
import { WebhookError } from '../errors.ts';
import type { ProviderKeys } from '../receiver/provider-keys.ts';
import type { Provider } from '../receiver/provider.ts';

/** What is asked of Secrets Manager: one version of a secret's text, undefined when it has none of that stage. */
export interface SecretReader {
  read(
    id: string,
    options: { readonly versionStage: 'AWSCURRENT' | 'AWSPREVIOUS' },
  ): Promise<{ readonly value: string } | undefined>;
}

export interface SecretProviderKeysOptions {
  readonly secrets: SecretReader;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Keys are read again after so long. Default 300. */
  readonly ttlSeconds?: number;
  /** Keys that do not fit a delivery are read again at most this often. Default 30. */
  readonly renewSeconds?: number;
  /** While Secrets Manager is down, keys are used for so long after they were read. Default 3600. */
  readonly staleSeconds?: number;
}

interface Held {
  readonly keys: readonly WebhookKey[];
  readonly readAtMs: number;
}

/**
 * The providers' keys from Secrets Manager: AWSCURRENT, and AWSPREVIOUS so that deliveries signed before a rotation still
 * verify. Cached; concurrent reads of one provider are one.
 */
export function createSecretProviderKeys(options: SecretProviderKeysOptions): ProviderKeys {
  const { clock, ttlSeconds = 300, renewSeconds = 30, staleSeconds = 3600 } = options;
  const held = new Map<string, Held>();
  const triedAtMs = new Map<string, number>();
  const reading = new Map<string, Promise<readonly WebhookKey[]>>();

  const isWithin = (sinceMs: number | undefined, seconds: number): boolean =>
    sinceMs !== undefined && clock() - sinceMs < seconds * 1000;

  const readOnce = async (provider: Provider): Promise<readonly WebhookKey[]> => {
    const running = reading.get(provider.name) ?? read(provider);
    reading.set(provider.name, running);
    try {
      return await running;
    } finally {
      reading.delete(provider.name);
    }
  };

  const read = async (provider: Provider): Promise<readonly WebhookKey[]> => {
    triedAtMs.set(provider.name, clock());
    const keys = await readKeys(provider, options.secrets);
    held.set(provider.name, { keys, readAtMs: clock() });
    return keys;
  };

  return {
    async current(provider) {
      const known = held.get(provider.name);
      if (known !== undefined && isWithin(known.readAtMs, ttlSeconds)) return known.keys;
      // A store that has just failed is not asked again for every delivery while old keys will do.
      const mayUseStale = known !== undefined && isWithin(known.readAtMs, staleSeconds);
      if (mayUseStale && isWithin(triedAtMs.get(provider.name), renewSeconds)) return known.keys;
      try {
        return await readOnce(provider);
      } catch (error) {
        if (mayUseStale) return known.keys;
        throw error;
      }
    },
    async renewed(provider) {
      if (isWithin(triedAtMs.get(provider.name), renewSeconds)) return undefined;
      return readOnce(provider);
    },
  };
}

async function readKeys(
  { secretId, secretEncoding }: Provider,
  secrets: SecretReader,
): Promise<readonly WebhookKey[]> {
  try {
    const [current, previous] = await Promise.all([
      secrets.read(secretId, { versionStage: 'AWSCURRENT' }),
      secrets.read(secretId, { versionStage: 'AWSPREVIOUS' }),
    ]);
    if (current === undefined)
      throw new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', 'The secret has no current version');
    return [current, ...(previous === undefined ? [] : [previous])].map(({ value }) =>
      parseWebhookKey(value, secretEncoding),
    );
  } catch (cause) {
    if (cause instanceof WebhookError) throw cause;
    const what = isAuthError(cause, 'configuration') ? 'does not have its configured form' : 'cannot be read';
    throw new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', `The provider's secret ${what}`, { cause });
  }
}
