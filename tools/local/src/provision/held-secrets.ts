import type { AppModel } from '../model/app-model.ts';
import type { HeldSecret } from './aws-api/secrets-manager.ts';

/**
 * The secrets that functions may read: those of the templates, and imported ones. An imported secret's ARN ends in six
 * fixed characters, so that it is found by name, by partial and by full ARN.
 */
export function heldSecrets(
  model: Pick<AppModel, 'secrets' | 'partition' | 'region' | 'accountId'>,
  imported: Readonly<Record<string, string>>,
): HeldSecret[] {
  const { partition, region, accountId, secrets } = model;
  const made = new Set(secrets.map(({ name }) => name));
  return [
    ...secrets,
    ...Object.entries(imported)
      .filter(([name]) => !made.has(name))
      .map(([name, text]) => ({
        name,
        arn: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-import`,
        text,
      })),
  ];
}
