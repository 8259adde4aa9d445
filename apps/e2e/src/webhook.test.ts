import { listMember, nextCursor } from './harness/json-members.ts';
import { deliver, nowSeconds, signed } from './harness/sign-delivery.ts';
import { apiUrl, call, mintToken, receiverUrl, testHost, unique } from './harness/test-host.ts';

describe('the webhook receiver', () => {
  const body = JSON.stringify({ type: 'user.created', data: {} });

  it('accepts a signed delivery, and its repeat', async () => {
    const delivery = { id: unique('msg'), timestamp: nowSeconds(), body };
    expect(await deliver(body, signed(delivery))).toBe(204);
    expect(await deliver(body, signed(delivery))).toBe(204);
  });

  it('refuses a body that was not signed', async () => {
    const delivery = { id: unique('msg'), timestamp: nowSeconds(), body };
    expect(await deliver(body.replace('created', 'deleted'), signed(delivery))).toBe(401);
  });

  it('refuses a delivery without a signature', async () => {
    expect(await deliver(body, {})).toBe(401);
  });

  it('refuses a delivery that was signed too long ago', async () => {
    const delivery = { id: unique('msg'), timestamp: nowSeconds() - 3600, body };
    expect(await deliver(body, signed(delivery))).toBe(401);
  });

  it('knows its providers alone', async () => {
    const delivery = { id: unique('msg'), timestamp: nowSeconds(), body };
    expect(await deliver(body, signed(delivery), '/webhooks/unknown')).toBe(404);
    expect((await call(`${receiverUrl()}/webhooks/standard`)).status).toBe(405);
  });
});

describe('a signed user event', () => {
  interface Listed {
    readonly email: string;
    readonly name: string;
  }

  const send = async (type: string, data: object, timestamp = new Date()) => {
    const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data });
    expect(await deliver(body, signed({ id: unique('msg'), timestamp: nowSeconds(), body }))).toBe(204);
  };

  const findByEmail = async (token: string, email: string): Promise<Listed | undefined> => {
    let cursor = '';
    do {
      const { json } = await call(`${apiUrl('http')}/users?limit=100${cursor}`, 'GET', { token });
      const found = (listMember(json, 'items') as readonly Listed[]).find((user) => user.email === email);
      if (found !== undefined) return found;
      const next = nextCursor(json);
      cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
    } while (cursor !== '');
    return undefined;
  };

  const eventually = async <T>(
    read: () => Promise<T>,
    accept: (value: T) => boolean,
    withinMs = 15_000,
  ): Promise<T> => {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const value = await read();
      if (accept(value) || Date.now() > deadline) return value;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('creates, changes and deletes a user, over the stream and the internal function URL', async () => {
    const token = await mintToken(unique('admin'), 'users:read users:admin');
    const id = unique('directory|');
    const email = `${unique('hook')}@example.com`;
    await send('user.created', { id, email, name: 'Ada' });
    expect(
      await eventually(
        () => findByEmail(token, email),
        (user) => user !== undefined,
      ),
    ).toMatchObject({ name: 'Ada' });
    await send('user.updated', { id, email, name: 'Ada Lovelace' });
    const changed = await eventually(
      () => findByEmail(token, email),
      (user) => user?.name === 'Ada Lovelace',
    );
    expect(changed).toMatchObject({ name: 'Ada Lovelace' });
    await send('user.updated', { id, email, name: 'Too Late' }, new Date(Date.now() - 60_000));
    await send('user.deleted', { id });
    expect(
      await eventually(
        () => findByEmail(token, email),
        (user) => user === undefined,
      ),
    ).toBeUndefined();
  });

  it('of a deletion wins over a creation of the same moment, and over one that is repeated', async () => {
    const token = await mintToken(unique('admin'), 'users:read users:admin');
    const [id, email, at] = [unique('directory|'), `${unique('hook')}@example.com`, new Date()];
    await send('user.created', { id, email, name: 'Ada' }, at);
    const find = () => findByEmail(token, email);
    expect(await eventually(find, (user) => user !== undefined)).toMatchObject({ name: 'Ada' });
    await send('user.deleted', { id }, at);
    expect(await eventually(find, (user) => user === undefined)).toBeUndefined();
    await send('user.updated', { id, email, name: 'Ada' }, at);
    // Another one behind it tells when it has been worked off.
    const behind = `${unique('hook')}@example.com`;
    await send('user.created', { id: unique('directory|'), email: behind, name: 'Behind' });
    expect(
      await eventually(
        () => findByEmail(token, behind),
        (user) => user !== undefined,
      ),
    ).toBeDefined();
    expect(await find()).toBeUndefined();
  });

  it('that wants an address waits for the event by which another user gives it up', async () => {
    const token = await mintToken(unique('admin'), 'users:read users:admin');
    const [holder, email] = [unique('directory|'), `${unique('hook')}@example.com`];
    await send('user.created', { id: holder, email, name: 'Holder' });
    await eventually(
      () => findByEmail(token, email),
      (user) => user !== undefined,
    );
    await send('user.created', { id: unique('directory|'), email, name: 'Heir' });
    await send('user.updated', { id: holder, email: `${unique('hook')}@example.com`, name: 'Holder' });
    const heir = await eventually(
      () => findByEmail(token, email),
      (user) => user?.name === 'Heir',
      30_000,
    );
    expect(heir).toMatchObject({ name: 'Heir' });
  }, 45_000);

  it.each(['http', 'rest'] as const)('has no way in over the %s API', async (kind) => {
    const token = await mintToken(unique('mallory'), 'users:admin users:internal');
    const { status } = await call(`${apiUrl(kind)}/internal/users/directory-1`, 'PUT', { token, json: {} });
    expect([401, 403, 404]).toContain(status);
  });

  it('has no way in over the internal URL without a signature of this account', async () => {
    const url = testHost()
      .state.functionUrls.find(({ authType }) => authType === 'AWS_IAM')!
      .url.replace(/\/$/, '');
    expect((await call(`${url}/internal/users/directory-1`, 'PUT', { json: {} })).status).toBe(403);
  });
});
