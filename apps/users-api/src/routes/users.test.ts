import { FRONTS } from '@gatehouse/http/testing';
import { ada, admin, bob, createTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;

beforeEach(() => {
  api = createTestApi();
});

describe('creating a user', () => {
  it.each(FRONTS)('answers 201 with the record, its version and its place behind %s', async (front) => {
    const result = await api.call({
      front,
      as: ada,
      method: 'POST',
      path: '/users',
      json: { email: 'Ada@Example.COM', name: 'Ada', locale: 'en-GB' },
    });
    expect(result.status).toBe(201);
    const user = result.json() as { id: string };
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      subject: ada.subject,
      email: 'ada@example.com',
      name: 'Ada',
      locale: 'en-GB',
      version: 1,
      createdAt: '2026-11-22T10:00:00.000Z',
      updatedAt: '2026-11-22T10:00:00.000Z',
    });
    expect(result.header('etag')).toBe('"1"');
    const base = front === 'rest' ? 'https://api.example/dev/users' : 'https://api.example/users';
    expect(new URL(result.header('location')!, base).href).toBe(`${base}/${user.id}`);
  });

  it('gives each subject one record', async () => {
    await api.create(ada);
    const second = await api.call({
      as: ada,
      method: 'POST',
      path: '/users',
      json: { email: 'other@example.com', name: 'Ada' },
    });
    expect(second.status).toBe(409);
    expect(second.json()).toMatchObject({ code: 'USERS_SUBJECT_TAKEN', status: 409 });
  });

  it('refuses an email that is taken in another spelling', async () => {
    await api.create(ada, { email: 'one@example.com' });
    const second = await api.call({
      as: bob,
      method: 'POST',
      path: '/users',
      json: { email: 'ONE@example.com', name: 'Bob' },
    });
    expect(second.status).toBe(409);
    expect(second.header('content-type')).toBe('application/problem+json');
    expect(second.json()).toMatchObject({ code: 'USERS_EMAIL_TAKEN' });
  });

  it('lets an administrator create for another subject, and nobody else', async () => {
    const json = { email: 'bob@example.com', name: 'Bob', subject: bob.subject };
    const refused = await api.call({ as: ada, method: 'POST', path: '/users', json });
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ code: 'USERS_FORBIDDEN' });
    const created = await api.call({ as: admin, method: 'POST', path: '/users', json });
    expect(created.status).toBe(201);
    expect((await api.call({ as: bob, path: '/users/me' })).json()).toMatchObject({
      email: 'bob@example.com',
    });
  });

  it.each([
    ['no email', { name: 'Ada' }, '/email'],
    ['an email without a domain', { email: 'ada', name: 'Ada' }, '/email'],
    ['an email with a space', { email: 'a da@example.com', name: 'Ada' }, '/email'],
    ['a name of blanks', { email: 'ada@example.com', name: '  ' }, '/name'],
    ['a name of two lines', { email: 'ada@example.com', name: 'A\nda' }, '/name'],
    ['a field that the service sets', { email: 'ada@example.com', name: 'Ada', version: 9 }, '/version'],
    ['an unknown field', { email: 'ada@example.com', name: 'Ada', admin: true }, '/admin'],
  ])('answers 400 for %s', async (_, json, pointer) => {
    const result = await api.call({ as: ada, method: 'POST', path: '/users', json });
    expect(result.status).toBe(400);
    expect(result.json()).toMatchObject({ code: 'HTTP_REQUEST_INVALID', errors: [{ in: 'body', pointer }] });
  });
});

describe('reading a user', () => {
  it.each(FRONTS)('gives the owner its record by id and by me behind %s', async (front) => {
    const user = await api.create(ada);
    for (const path of [`/users/${user.id}`, '/users/me']) {
      const result = await api.call({ front, as: ada, path });
      expect(result.status).toBe(200);
      expect(result.json()).toEqual(user);
      expect(result.header('etag')).toBe('"1"');
    }
  });

  it('answers 404 for me before there is a record', async () => {
    expect((await api.call({ as: ada, path: '/users/me' })).status).toBe(404);
  });

  it('answers another subject as if the record were not there', async () => {
    const user = await api.create(ada);
    const hidden = await api.call({ as: bob, path: `/users/${user.id}` });
    const absent = await api.call({ as: bob, path: '/users/00000000-0000-4000-8000-000000000000' });
    expect(hidden.status).toBe(404);
    const { instance: _hidden, ...seen } = hidden.json() as Record<string, unknown>;
    const { instance: _absent, ...nothing } = absent.json() as Record<string, unknown>;
    expect(seen).toEqual(nothing);
  });

  it('answers 400 for an id that is none', async () => {
    expect((await api.call({ as: ada, path: '/users/42' })).status).toBe(400);
  });
});

describe.each([
  ['replacing', 'PUT', { email: 'new@example.com', name: 'New' }],
  ['patching', 'PATCH', { email: 'new@example.com', name: 'New' }],
])('%s a user', (_, method, change) => {
  it('writes the next version by If-Match', async () => {
    const user = await api.create(ada);
    api.nowMs += 5_000;
    const result = await api.call({
      as: ada,
      method,
      path: `/users/${user.id}`,
      headers: { 'if-match': '"1"' },
      json: change,
    });
    expect(result.status).toBe(200);
    expect(result.header('etag')).toBe('"2"');
    expect(result.json()).toEqual({ ...user, ...change, version: 2, updatedAt: '2026-11-22T10:00:05.000Z' });
    expect((await api.call({ as: ada, path: '/users/me' })).json()).toEqual(result.json());
  });

  it.each([
    ['an If-Match of another version', { 'if-match': '"2"' }, {}, 412, 'USERS_VERSION_STALE'],
    ['a weak If-Match', { 'if-match': 'W/"1"' }, {}, 412, 'USERS_VERSION_STALE'],
    ['another version in the body', {}, { version: 2 }, 412, 'USERS_VERSION_STALE'],
    [
      'a right If-Match with another version',
      { 'if-match': '"1"' },
      { version: 2 },
      412,
      'USERS_VERSION_STALE',
    ],
    [
      'a right version with another If-Match',
      { 'if-match': '"2"' },
      { version: 1 },
      412,
      'USERS_VERSION_STALE',
    ],
    ['neither', {}, {}, 428, 'USERS_PRECONDITION_MISSING'],
  ])('answers %s with %s', async (_name, headers, extra, status, code) => {
    const user = await api.create(ada);
    const path = `/users/${user.id}`;
    const result = await api.call({ as: ada, method, path, headers, json: { ...change, ...extra } });
    expect(result.status).toBe(status);
    expect(result.json()).toMatchObject({ code });
    expect((await api.call({ as: ada, path })).json()).toEqual(user);
  });

  it.each(['1.0', '0x1', '1e0', '01', '+1', '%31', ''])(
    'does not take "%s" in If-Match for version 1: tags are text',
    async (tag) => {
      const user = await api.create(ada);
      const headers = { 'if-match': `"${tag}"` };
      const result = await api.call({ as: ada, method, path: `/users/${user.id}`, headers, json: change });
      expect(result.json()).toMatchObject({ status: 412, code: 'USERS_VERSION_STALE' });
    },
  );

  it.each([
    ['any', '*'],
    ['the present one', '"1"'],
    ['the present one, weakly', '"7", W/"1"'],
  ])('answers 412 when If-None-Match excludes %s version', async (_name, header) => {
    const user = await api.create(ada);
    const path = `/users/${user.id}`;
    const headers = { 'if-match': '"1"', 'if-none-match': header };
    const result = await api.call({ as: ada, method, path, headers, json: change });
    expect(result.json()).toMatchObject({ status: 412, code: 'USERS_VERSION_STALE' });
    expect((await api.call({ as: ada, path })).json()).toEqual(user);
  });

  it('answers 428 when If-None-Match alone says nothing of the version that is changed', async () => {
    const user = await api.create(ada);
    const headers = { 'if-none-match': '"7"' };
    const result = await api.call({ as: ada, method, path: `/users/${user.id}`, headers, json: change });
    expect(result.json()).toMatchObject({ status: 428, code: 'USERS_PRECONDITION_MISSING' });
  });

  it('answers 412 to a change asked for again when If-None-Match excludes what it made', async () => {
    const user = await api.create(ada);
    const headers = { 'if-match': '"1"', 'if-none-match': '"2"' };
    const call = { as: ada, method, path: `/users/${user.id}`, headers, json: change };
    expect((await api.call(call)).status).toBe(200);
    expect((await api.call(call)).status).toBe(412);
  });

  it.each([
    ['the version in the body', {}, { version: 1 }],
    ['any version', { 'if-match': '*' }, {}],
    ['one version of a list', { 'if-match': '"7", "1"' }, {}],
    ['both that agree', { 'if-match': '"1"' }, { version: 1 }],
    ['a version that If-None-Match does not exclude', { 'if-none-match': '"7", "01"' }, { version: 1 }],
  ])('takes %s', async (_name, headers, extra) => {
    const user = await api.create(ada);
    const json = { ...change, ...extra };
    const result = await api.call({ as: ada, method, path: `/users/${user.id}`, headers, json });
    expect(result.status).toBe(200);
    expect(result.json()).toMatchObject({ version: 2 });
  });

  it('writes the email in lower case', async () => {
    const user = await api.create(ada);
    const json = { ...change, email: 'New@Example.COM', version: 1 };
    const result = await api.call({ as: ada, method, path: `/users/${user.id}`, json });
    expect(result.json()).toMatchObject({ email: 'new@example.com' });
  });

  it('moves the email: the new one is taken, the old one is free', async () => {
    const user = await api.create(ada, { email: 'old@example.com' });
    await api.call({ as: ada, method, path: `/users/${user.id}`, json: { ...change, version: 1 } });
    const taken = { email: 'NEW@example.com', name: 'Bob' };
    expect((await api.call({ as: bob, method: 'POST', path: '/users', json: taken })).status).toBe(409);
    const free = { email: 'old@example.com', name: 'Bob' };
    expect((await api.call({ as: bob, method: 'POST', path: '/users', json: free })).status).toBe(201);
  });

  it('answers 409 when the new email is another user’s', async () => {
    const user = await api.create(ada);
    await api.create(bob, { email: 'new@example.com' });
    const json = { ...change, version: 1 };
    const result = await api.call({ as: ada, method, path: `/users/${user.id}`, json });
    expect(result.status).toBe(409);
    expect(result.json()).toMatchObject({ code: 'USERS_EMAIL_TAKEN' });
  });

  it('keeps the version when nothing changes', async () => {
    const user = await api.create(ada, { email: 'new@example.com', name: 'New' });
    const json = { ...change, version: 1 };
    const result = await api.call({ as: ada, method, path: `/users/${user.id}`, json });
    expect(result.status).toBe(200);
    expect(result.json()).toEqual(user);
  });

  it('answers a stranger 404 before it says anything of versions', async () => {
    const user = await api.create(ada);
    const result = await api.call({ as: bob, method, path: `/users/${user.id}`, json: change });
    expect(result.status).toBe(404);
  });
});

describe('what a change leaves out', () => {
  it('is removed by a replacement', async () => {
    const user = await api.create(ada, { locale: 'fr' });
    const json = { email: user.email, name: user.name, version: 1 };
    const result = await api.call({ as: ada, method: 'PUT', path: `/users/${user.id}`, json });
    expect(result.json()).not.toHaveProperty('locale');
  });

  it('stays in a patch, and null removes it', async () => {
    const user = await api.create(ada, { locale: 'fr' });
    const patch = async (json: object) =>
      (await api.call({ as: ada, method: 'PATCH', path: `/users/${user.id}`, json })).json();
    expect(await patch({ name: 'Other', version: 1 })).toMatchObject({ locale: 'fr', version: 2 });
    expect(await patch({ locale: null, version: 2 })).not.toHaveProperty('locale');
  });

  it('cannot be removed from a patch when it must be there', async () => {
    const user = await api.create(ada);
    const json = { email: null, version: 1 };
    const result = await api.call({ as: ada, method: 'PATCH', path: `/users/${user.id}`, json });
    expect(result.status).toBe(400);
  });
});

it('takes a patch as application/merge-patch+json', async () => {
  const user = await api.create(ada);
  const result = await api.call({
    as: ada,
    method: 'PATCH',
    path: `/users/${user.id}`,
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': '"1"' },
    body: '{"name":"Patched"}',
  });
  expect(result.json()).toMatchObject({ name: 'Patched', version: 2 });
});

describe('deleting a user', () => {
  it('answers 204, and frees the email and the subject', async () => {
    const user = await api.create(ada, { email: 'ada@example.com' });
    const result = await api.call({ as: ada, method: 'DELETE', path: `/users/${user.id}` });
    expect(result.status).toBe(204);
    expect(result.body).toHaveLength(0);
    expect((await api.call({ as: admin, path: `/users/${user.id}` })).status).toBe(404);
    await expect(api.create(ada, { email: 'ada@example.com' })).resolves.toMatchObject({ version: 1 });
  });

  it('keeps a version that If-Match does not name', async () => {
    const user = await api.create(ada);
    const path = `/users/${user.id}`;
    const stale = await api.call({ as: ada, method: 'DELETE', path, headers: { 'if-match': '"3"' } });
    expect(stale.status).toBe(412);
    const excluded = await api.call({ as: ada, method: 'DELETE', path, headers: { 'if-none-match': '"1"' } });
    expect(excluded.status).toBe(412);
    const right = await api.call({ as: ada, method: 'DELETE', path, headers: { 'if-match': '"1"' } });
    expect(right.status).toBe(204);
    expect((await api.call({ as: ada, method: 'DELETE', path })).status).toBe(404);
  });
});
