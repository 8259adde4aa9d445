import { isAuthError, parseWebhookKey, type WebhookKey } from '@gatehouse/auth';
import type { SecretCache, SecretVersion } from '@gatehouse/clients';
import { WebhookError } from '../errors.ts';
import type { ProviderKeys } from '../receiver/provider-keys.ts';
import type { Provider } from '../receiver/provider.ts';

/** The versions that a provider's deliveries may be signed with: those before a rotation verify until the next one. */
const STAGES = ['AWSCURRENT', 'AWSPREVIOUS'] as const;

interface Known {
  /** What the keys were made of; `undefined` where a secret has no version of that stage. */
  readonly versions: readonly (SecretVersion | undefined)[];
  readonly keys: readonly WebhookKey[];
}

/** The providers' keys from Secrets Manager, decoded once a version. */
export function createSecretProviderKeys(secrets: SecretCache): ProviderKeys {
  const known = new Map<string, Known>();

  const keysOf = (
    provider: Provider,
    versions: readonly (SecretVersion | undefined)[],
  ): readonly WebhookKey[] => {
    const before = known.get(provider.name);
    if (before !== undefined && isSame(before.versions, versions)) return before.keys;
    const [current, previous] = versions;
    const keys = [...parse(current, provider), ...parsePrevious(previous, provider)];
    known.set(provider.name, { versions, keys });
    return keys;
  };

  return {
    async current(provider) {
      return orUnavailable(async () =>
        keysOf(
          provider,
          await Promise.all(STAGES.map((versionStage) => secrets.get(provider.secretId, { versionStage }))),
        ),
      );
    },
    async renewed(provider) {
      const before = known.get(provider.name);
      const keys = await orUnavailable(async () => {
        const versions = STAGES.map((versionStage, index) =>
          secrets.refresh(provider.secretId, before?.versions[index]?.versionId, { versionStage }),
        );
        return keysOf(provider, await Promise.all(versions));
      });
      return keys === before?.keys ? undefined : keys;
    },
  };
}

function parse(version: SecretVersion | undefined, { secretEncoding }: Provider): readonly WebhookKey[] {
  return version === undefined ? [] : [parseWebhookKey(version.value, secretEncoding)];
}

/** A previous version of another form (the placeholder before the first import) does not hinder the current one. */
function parsePrevious(version: SecretVersion | undefined, provider: Provider): readonly WebhookKey[] {
  try {
    return parse(version, provider);
  } catch (error) {
    if (isAuthError(error, 'configuration')) return [];
    throw error;
  }
}

function isSame(
  left: readonly (SecretVersion | undefined)[],
  right: readonly (SecretVersion | undefined)[],
): boolean {
  return left.every((version, index) => version?.versionId === right[index]?.versionId);
}

async function orUnavailable(read: () => Promise<readonly WebhookKey[]>): Promise<readonly WebhookKey[]> {
  try {
    return await read();
  } catch (cause) {
    const what = isAuthError(cause, 'configuration') ? 'does not have its configured form' : 'cannot be read';
    throw new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', `The provider's secret ${what}`, { cause });
  }
}
