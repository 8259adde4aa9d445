import { ClientsError, type SecretStore } from '@gatehouse/clients';

/** Reads versions of secrets from a store. A previous version that holds no text is none: it hinders no delivery that the current one verifies. */
export function createVersionReader(store: SecretStore): SecretStore['read'] {
  return async (id, options) => {
    try {
      return await store.read(id, options);
    } catch (error) {
      const isUnusable = error instanceof ClientsError && error.code === 'CLIENTS_SECRET_UNUSABLE';
      if (isUnusable && options?.versionStage === 'AWSPREVIOUS') return undefined;
      throw error;
    }
  };
}
