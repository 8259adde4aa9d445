import { createSecretCache, type SecretVersion } from '@gatehouse/clients';
import { createOriginSecrets } from './origin-secrets.ts';

function setUp() {
  const store: { AWSCURRENT?: string; AWSPREVIOUS?: string; isDown: boolean; reads: number } = {
    AWSCURRENT: 'first',
    isDown: false,
    reads: 0,
  };
  const time = { nowMs: 0 };
  const read = async (
    _id: string,
    options: { readonly versionStage?: string } = {},
  ): Promise<SecretVersion | undefined> => {
    store.reads++;
    if (store.isDown) throw new Error('down');
    const value = options.versionStage === 'AWSPREVIOUS' ? store.AWSPREVIOUS : store.AWSCURRENT;
    return value === undefined ? undefined : { value, versionId: value };
  };
  const secrets = createOriginSecrets(
    'o',
    createSecretCache({ read, clock: () => time.nowMs, pauseSeconds: 30 }),
  );
  return { store, time, secrets };
}

test('a rotated secret is read anew, but not more often than every 30 s', async () => {
  const { store, time, secrets } = setUp();
  expect(await secrets.current()).toEqual(['first']);
  Object.assign(store, { AWSCURRENT: 'second', AWSPREVIOUS: 'first' });
  expect(await secrets.renewed()).toEqual(['first']);
  time.nowMs += 31_000;
  expect(await secrets.renewed()).toEqual(['second', 'first']);
  const { reads } = store;
  for (let forgery = 0; forgery < 100; forgery++) await secrets.renewed();
  expect(store.reads).toBe(reads);
  expect(await secrets.current()).toEqual(['second', 'first']);
});

test('while the store is down, known values stand, and a newer one cannot be excluded', async () => {
  const { store, time, secrets } = setUp();
  await secrets.current();
  store.isDown = true;
  time.nowMs += 31_000;
  await expect(secrets.renewed()).rejects.toMatchObject({ code: 'WEBHOOK_SECRET_UNAVAILABLE' });
  expect(await secrets.current()).toEqual(['first']);
});

test('a secret that was never read is unavailable', async () => {
  const { store, secrets } = setUp();
  store.isDown = true;
  await expect(secrets.current()).rejects.toMatchObject({ code: 'WEBHOOK_SECRET_UNAVAILABLE' });
});
