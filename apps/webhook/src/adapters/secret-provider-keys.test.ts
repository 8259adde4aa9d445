import { createSecretCache, type SecretVersion } from '@gatehouse/clients';
import type { Provider } from '../receiver/provider.ts';
import { createSecretProviderKeys } from './secret-provider-keys.ts';

const provider: Provider = {
  name: 'p',
  scheme: 'github',
  secretId: 's',
  secretEncoding: 'utf8',
  toleranceSeconds: 300,
};

interface Store {
  AWSCURRENT: string | undefined;
  AWSPREVIOUS: string | undefined;
  isDown: boolean;
  reads: number;
}

function setUp(values: Partial<Store> = {}) {
  const store: Store = {
    AWSCURRENT: 'the current secret',
    AWSPREVIOUS: undefined,
    isDown: false,
    reads: 0,
    ...values,
  };
  const time = { nowMs: 0 };
  const read = async (
    _id: string,
    options: { versionStage?: string } = {},
  ): Promise<SecretVersion | undefined> => {
    store.reads++;
    if (store.isDown) throw new Error('down');
    const value = options.versionStage === 'AWSPREVIOUS' ? store.AWSPREVIOUS : store.AWSCURRENT;
    return value === undefined ? undefined : { value, versionId: value };
  };
  const keys = createSecretProviderKeys(
    createSecretCache({ read, clock: () => time.nowMs, pauseSeconds: 30 }),
  );
  const texts = async (from: 'current' | 'renewed') =>
    (await keys[from](provider))?.map((key) =>
      key.kind === 'hmac' ? Buffer.from(key.secret).toString() : key.kind,
    );
  return { store, time, keys, texts };
}

test('the current secret and the previous one verify', async () => {
  const { texts } = setUp({ AWSPREVIOUS: 'the previous secret' });
  expect(await texts('current')).toEqual(['the current secret', 'the previous secret']);
});

test('a previous secret of another form is passed over', async () => {
  const { texts } = setUp({ AWSPREVIOUS: 'short' });
  expect(await texts('current')).toEqual(['the current secret']);
});

test.each<[string, Partial<Store>]>([
  ['of the wrong form', { AWSCURRENT: 'short' }],
  ['that cannot be read', { isDown: true }],
])('a current secret %s is unavailable', async (_what, values) => {
  await expect(setUp(values).texts('current')).rejects.toMatchObject({ code: 'WEBHOOK_SECRET_UNAVAILABLE' });
});

test('keys are decoded and read once', async () => {
  const { store, keys } = setUp();
  const first = await keys.current(provider);
  expect(await keys.current(provider)).toBe(first);
  expect(store.reads).toBe(2);
});

test('a rotated secret is read anew, but not more often than every 30 s', async () => {
  const { store, time, texts } = setUp();
  await texts('current');
  Object.assign(store, { AWSPREVIOUS: store.AWSCURRENT, AWSCURRENT: 'the rotated secret' });
  expect(await texts('renewed')).toBeUndefined();
  time.nowMs += 31_000;
  expect(await texts('renewed')).toEqual(['the rotated secret', 'the current secret']);
  expect(await texts('renewed')).toBeUndefined();
  const { reads } = store;
  for (let forgery = 0; forgery < 100; forgery++) await texts('renewed');
  expect(store.reads).toBe(reads);
});

test('a secret that was rotated while the store is down is unavailable, not a forger’s', async () => {
  const { store, time, texts } = setUp();
  await texts('current');
  Object.assign(store, { AWSPREVIOUS: store.AWSCURRENT, AWSCURRENT: 'the rotated secret', isDown: true });
  time.nowMs += 31_000;
  for (const _ of ['reads', 'leaves the store alone']) {
    await expect(texts('renewed')).rejects.toMatchObject({ code: 'WEBHOOK_SECRET_UNAVAILABLE' });
    expect(await texts('current')).toEqual(['the current secret']);
  }
  store.isDown = false;
  time.nowMs += 31_000;
  expect(await texts('renewed')).toEqual(['the rotated secret', 'the current secret']);
});

test('while the store is down, known keys are used', async () => {
  const { store, time, texts } = setUp();
  await texts('current');
  store.isDown = true;
  time.nowMs += 301_000;
  expect(await texts('current')).toEqual(['the current secret']);
});

test('while the store is down, nobody can say that a newer secret does not exist', async () => {
  const { store, time, texts } = setUp();
  await texts('current');
  store.isDown = true;
  time.nowMs += 31_000;
  await expect(texts('renewed')).rejects.toMatchObject({ code: 'WEBHOOK_SECRET_UNAVAILABLE' });
  const { reads } = store;
  for (let forgery = 0; forgery < 100; forgery++)
    await expect(texts('renewed')).rejects.toMatchObject({ code: 'WEBHOOK_SECRET_UNAVAILABLE' });
  expect(store.reads).toBe(reads);
  expect(await texts('current')).toEqual(['the current secret']);
});
