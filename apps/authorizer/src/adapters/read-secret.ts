import { AuthError, type ReadSecret } from '@gatehouse/auth';
import { ClientsError, type SecretStore } from '@gatehouse/clients';

/**
 * Reads secrets' texts from a store. A secret without a previous version has none to verify with; a version that holds no text is
 * a mistake of the deployment (`AUTH_SECRET_INVALID`), not an outage.
 */
export function createSecretReader(store: SecretStore): ReadSecret {
  return async (secretArn, versionStage) => {
    try {
      return (await store.read(secretArn, { versionStage }))?.value;
    } catch (cause) {
      const isUnusable = cause instanceof ClientsError && cause.code === 'CLIENTS_SECRET_UNUSABLE';
      throw isUnusable ? new AuthError('AUTH_SECRET_INVALID', { detail: 'no text', cause }) : cause;
    }
  };
}
