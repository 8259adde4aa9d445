import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * The secret store of libs/clients on the AWS SDK's own client: the peer of the cold start. The suite builds the authorizer once with each.
 */
export function secretStore() {
  const client = new SecretsManagerClient();
  return {
    async read(id: string, { versionStage = 'AWSCURRENT' }: { readonly versionStage?: string } = {}) {
      const { SecretString = '', VersionId = '' } = await client.send(
        new GetSecretValueCommand({ SecretId: id, VersionStage: versionStage }),
      );
      return { value: SecretString, versionId: VersionId };
    },
  };
}

/** The module that this one stands in for has a second export, which the authorizer does not use. */
export function parameterStore(): never {
  throw new Error('not part of this benchmark');
}
