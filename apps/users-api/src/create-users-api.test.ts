import { gunzipSync } from 'node:zlib';
import { EVENT_BUILDERS, readResult } from '@gatehouse/http/testing';
import { createInMemoryUsersStore } from './store/testing/in-memory-users-store.ts';
import { ada, admin, authorizerOf, createTestApi, person, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(() => {
  api = createTestApi();
});

describe('a creation under an Idempotency-Key', () => {
  const create = async (json: object, key = '"k"', as = ada) =>
    api.call({
      as,
      method: 'POST',
      path: '/users',
      headers: { 'idempotency-key': key },
      json,
      requestId: `request ${(serial += 1)}`,
    });
  const json = { email: 'ada@example.com', name: 'Ada' };
  let serial = 0;

  it.each(['"k"', 'k'])('is answered as the first time when it is sent again as %s', async (key) => {
    const first = await create(json);
    const second = await create(json, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(second.header('location')).toBe(first.header('location'));
    expect(second.header('etag')).toBe('"1"');
    expect(second.header('idempotency-replayed')).toBe('true');
  });

  it('is 422 when it is another request', async () => {
    await create(json);
    const other = await create({ ...json, name: 'Another' });
    expect(other.status).toBe(422);
    expect(other.json()).toMatchObject({ code: 'HTTP_IDEMPOTENCY_KEY_REUSED' });
  });

  it('is another one for another caller', async () => {
    await create(json);
    const other = await create({ ...json, email: 'bob@example.com' }, '"k"', person('bob', 'users:write'));
    expect(other.status).toBe(201);
    expect(other.json()).toMatchObject({ email: 'bob@example.com' });
  });

  it('is not answered as an earlier one of other content, once the key is forgotten', async () => {
    const bob = { ...person('bob', 'users:write'), expiresAtSeconds: api.nowMs / 1000 + 10 * 86_400 };
    const first = await create({ email: 'bob@example.com', name: 'Bob', locale: 'fr' }, '"k"', bob);
    expect(first.status).toBe(201);
    api.nowMs += 25 * 3_600_000;
    const other = await create({ email: 'bob@example.com', name: 'Somebody else' }, '"k"', bob);
    expect(other.status).toBe(409);
    expect(other.json()).toMatchObject({ code: 'USERS_SUBJECT_TAKEN' });
    const same = await create({ email: 'bob@example.com', name: 'Bob', locale: 'fr' }, '"k"', bob);
    expect(same.json()).toEqual(first.json());
  });

  it('frees the key when it fails', async () => {
    const refused = { ...json, subject: 'https://issuer.example/#somebody-else' };
    expect((await create(refused)).status).toBe(403);
    expect((await create(json)).status).toBe(201);
  });

  it('is 400 for a key that is none', async () => {
    expect((await create(json, '"unfinished')).status).toBe(400);
  });
});

describe('reading with If-None-Match', () => {
  it.each([
    ['"1"', 304],
    ['W/"1"', 304],
    ['*', 304],
    ['"2"', 200],
  ])('%s is %i', async (tag, status) => {
    const { id } = await api.create(ada);
    const result = await api.call({ as: ada, path: `/users/${id}`, headers: { 'if-none-match': tag } });
    expect(result.status).toBe(status);
    expect(result.header('cache-control')).toBe('private, no-cache');
    expect(result.header('etag')).toBe('"1"');
  });
});

it('a long list is compressed where the front does not', async () => {
  for (let index = 0; index < 20; index += 1) {
    await api.create(person(`person-${index}`, 'users:write'));
  }
  const request = { as: admin, path: '/users', headers: { 'accept-encoding': 'gzip' } };
  const coded = await api.call(request);
  expect(coded.header('content-encoding')).toBe('gzip');
  const plain = await api.call({ ...request, front: 'rest' });
  expect(plain.header('content-encoding')).toBeUndefined();
  expect(gunzipSync(coded.body).toString()).toBe(plain.text);
});

it('a change takes the ETag of a compressed answer', async () => {
  const user = await api.create(ada, { name: 'x'.repeat(200) });
  const headers = { 'if-match': '"1--br"' };
  const json = { name: 'New' };
  const result = await api.call({ as: ada, method: 'PATCH', path: `/users/${user.id}`, headers, json });
  expect(result.status).toBe(200);
});

it('a store that does not answer in time is a 504 before the function’s own timeout', async () => {
  const store = { ...createInMemoryUsersStore(), get: async () => new Promise<never>(() => undefined) };
  const { handle } = createTestApi({ store });
  const path = '/users/00000000-0000-4000-8000-000000000000';
  const event = EVENT_BUILDERS['http-2.0']({ path, ...authorizerOf(ada) });
  const result = readResult(await handle(event, { getRemainingTimeInMillis: () => 550 }));
  expect(result.status).toBe(504);
  expect(result.json()).toMatchObject({ code: 'HTTP_DEADLINE_EXCEEDED' });
});

describe('CORS', () => {
  const origin = 'https://app.example.com';

  it('answers a preflight for every route, without a caller', async () => {
    const result = await api.call({
      method: 'OPTIONS',
      path: '/users/00000000-0000-4000-8000-000000000000',
      headers: { origin, 'access-control-request-method': 'PATCH' },
    });
    expect(result.status).toBe(204);
    expect(result.header('access-control-allow-methods')).toContain('PATCH');
    expect(result.header('access-control-allow-headers')).toContain('if-match');
  });

  it('lets a script read a refusal, and the ETag', async () => {
    const result = await api.call({ path: '/users/me', headers: { origin } });
    expect(result.status).toBe(401);
    expect(result.header('access-control-allow-origin')).toBe(origin);
    expect(result.header('access-control-expose-headers')).toContain('etag');
  });

  it('says nothing to another origin', async () => {
    const result = await api.call({ path: '/hello', headers: { origin: 'https://evil.example' } });
    expect(result.header('access-control-allow-origin')).toBeUndefined();
    expect(result.header('vary')).toContain('Origin');
  });
});
