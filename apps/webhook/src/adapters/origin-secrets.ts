import type { SecretCache } from '@gatehouse/clients';
import { WebhookError } from '../errors.ts';
import type { ReadOriginSecrets } from '../receiver/origin-proof.ts';

/** Reads the edge's secret, current and previous version, through the cache. */
export function createOriginSecrets(secretId: string, secrets: Pick<SecretCache, 'get'>): ReadOriginSecrets {
  return async () => {
    try {
      const versions = await Promise.all([
        secrets.get(secretId, { versionStage: 'AWSCURRENT' }),
        secrets.get(secretId, { versionStage: 'AWSPREVIOUS' }),
      ]);
      return versions.flatMap((version) => (version === undefined ? [] : [version.value]));
    } catch (cause) {
      throw new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', 'The edge’s secret cannot be read', { cause });
    }
  };
}
