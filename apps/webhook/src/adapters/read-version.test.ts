import { ClientsError } from '@gatehouse/clients';
import { createVersionReader } from './read-version.ts';

const failing = (error: Error) => createVersionReader({ read: () => Promise.reject(error) });
const unusable = new ClientsError('CLIENTS_SECRET_UNUSABLE', 'the secret holds no text');

test('a version is read as it is', async () => {
  const read = createVersionReader({
    read: async (id, options) => ({ value: `${id} ${options?.versionStage}`, versionId: 'v1' }),
  });
  expect(await read('s', { versionStage: 'AWSPREVIOUS' })).toEqual({
    value: 's AWSPREVIOUS',
    versionId: 'v1',
  });
});

test('a previous version that holds no text is none', async () => {
  expect(await failing(unusable)('s', { versionStage: 'AWSPREVIOUS' })).toBeUndefined();
});

test.each([
  ['a current version that holds no text', unusable, { versionStage: 'AWSCURRENT' as const }],
  ['a version of no named stage that holds no text', unusable, undefined],
  [
    'a store that is down',
    new ClientsError('CLIENTS_TIMEOUT', 'slow'),
    { versionStage: 'AWSPREVIOUS' as const },
  ],
])('%s is an error', async (_what, error, options) => {
  await expect(failing(error)('s', options)).rejects.toBe(error);
});
