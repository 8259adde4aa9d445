import type { ReadSecret } from '@gatehouse/auth';
import type { SecretStore } from '@gatehouse/clients';

/** Reads secrets' texts from a store. A secret without a previous version has none to verify with. */
export function createSecretReader(store: SecretStore): ReadSecret {
  return async (secretArn, versionStage) => (await store.read(secretArn, { versionStage }))?.value;
}
