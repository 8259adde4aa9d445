import type { SecretCache, SecretVersion } from '@gatehouse/clients';
import { WebhookError } from '../errors.ts';
import type { OriginSecrets } from '../receiver/origin-proof.ts';

/** The previous version is what the edge sends until it has been given the current one. */
const STAGES = ['AWSCURRENT', 'AWSPREVIOUS'] as const;

/** The edge's secret, current and previous version, through the cache. */
export function createOriginSecrets(secretId: string, secrets: SecretCache): OriginSecrets {
  let seen: Readonly<Record<string, SecretVersion | undefined>> = {};

  const read = async (
    readStage: (versionStage: (typeof STAGES)[number]) => Promise<SecretVersion | undefined>,
  ): Promise<readonly string[]> => {
    try {
      const versions = await Promise.all(
        STAGES.map(async (stage) => [stage, await readStage(stage)] as const),
      );
      seen = Object.fromEntries(versions);
      return versions.flatMap(([, version]) => (version === undefined ? [] : [version.value]));
    } catch (cause) {
      throw new WebhookError('WEBHOOK_SECRET_UNAVAILABLE', 'The edge’s secret cannot be read', { cause });
    }
  };
  return {
    current: () => read((versionStage) => secrets.get(secretId, { versionStage })),
    renewed: () =>
      read((versionStage) => secrets.refresh(secretId, seen[versionStage]?.versionId, { versionStage })),
  };
}
