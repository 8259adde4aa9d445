import { ClientsError, type SecretStore } from '@gatehouse/clients';
import { createSecretReader } from './read-secret.ts';

const reading = (read: SecretStore['read']) => createSecretReader({ read })('arn', 'AWSPREVIOUS');

describe('createSecretReader', () => {
  it('reads the text of the version that is asked for, and nothing where there is none', async () => {
    const read: SecretStore['read'] = async (id, { versionStage } = {}) => ({
      value: `${id} ${versionStage}`,
      versionId: 'v1',
    });
    await expect(reading(read)).resolves.toBe('arn AWSPREVIOUS');
    await expect(reading(async () => undefined)).resolves.toBeUndefined();
  });

  it('calls a version that holds no text a wrong configuration', async () => {
    const cause = new ClientsError('CLIENTS_SECRET_UNUSABLE', 'the secret holds no text');
    await expect(reading(() => Promise.reject(cause))).rejects.toMatchObject({
      code: 'AUTH_SECRET_INVALID',
      kind: 'configuration',
      cause,
    });
  });

  it.each([new ClientsError('CLIENTS_TIMEOUT', 'slow'), new Error('no route')])(
    'lets %s through',
    async (error) => {
      await expect(reading(() => Promise.reject(error))).rejects.toBe(error);
    },
  );
});
