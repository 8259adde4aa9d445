import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ReadSecret } from '@gatehouse/auth';

/** Reads secrets' texts from Secrets Manager, over one client that outlives the invocation. */
export function createSecretReader(client = new SecretsManagerClient()): ReadSecret {
  return async (secretArn, stage) => {
    try {
      const { SecretString } = await client.send(
        new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }),
      );
      return SecretString;
    } catch (error) {
      if (stage === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
}
