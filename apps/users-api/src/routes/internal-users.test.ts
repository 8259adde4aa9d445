import fc from 'fast-check';
import { ada, admin, bob, createTestApi, service, type TestApi } from '../testing/test-api.ts';

jest.setTimeout(30_000);

let api: TestApi;

beforeEach(() => {
  api = createTestApi();
});

const at = (second: number): string => new Date(Date.UTC(2026, 10, 22, 9, 0, second)).toISOString();

async function upsert(second: number, changes: Readonly<Record<string, unknown>> = {}, externalId = 'ext-1') {
  return api.call({
    as: service,
    front: 'url',
    method: 'PUT',
    path: `/internal/users/${encodeURIComponent(externalId)}`,
    json: { email: `at-${second}@example.com`, name: `At ${second}`, occurredAt: at(second), ...changes },
  });
}

async function remove(second: number, externalId = 'ext-1') {
  const path = `/internal/users/${externalId}?occurredAt=${encodeURIComponent(at(second))}`;
  return api.call({ as: service, front: 'url', method: 'DELETE', path });
}

const users = async () => (await api.store.list({ limit: 100, order: 'asc' })).users;

describe('an upsert by external id', () => {
  it('creates the user, then changes it', async () => {
    const created = await upsert(1, { locale: 'de' });
    expect(created.json()).toMatchObject({
      outcome: 'created',
      user: { externalId: 'ext-1', email: 'at-1@example.com', locale: 'de', version: 1 },
    });
    const updated = await upsert(2);
    expect(updated.json()).toMatchObject({
      outcome: 'updated',
      user: { email: 'at-2@example.com', version: 2 },
    });
    expect(updated.json()).not.toHaveProperty('user.locale');
    expect(await users()).toHaveLength(1);
  });

  it.each([
    ['twice', 2],
    ['late', 1],
  ])('changes nothing when it comes %s', async (_, second) => {
    await upsert(2);
    expect((await upsert(second, { name: 'Other' })).json()).toEqual({ outcome: 'superseded' });
    expect(await users()).toMatchObject([{ name: 'At 2', version: 1 }]);
  });

  it('hands on which delivery brought it', async () => {
    const delivery = (id: string, second: number) => ({ delivery: { id, receivedAt: at(second) } });
    await upsert(2, delivery('msg-1', 3));
    const tied = { occurredAt: '2026-11-22T10:00:02.000+01:00', name: 'Other' };
    expect((await upsert(2, { ...tied, ...delivery('msg-0', 2) })).json()).toEqual({ outcome: 'superseded' });
    expect((await upsert(2, { ...tied, ...delivery('msg-2', 4) })).json()).toMatchObject({
      outcome: 'updated',
      user: { name: 'Other', version: 2 },
    });
  });

  it('gives the record to the subject that it names', async () => {
    await upsert(1, { subject: ada.subject });
    const own = await api.call({ as: ada, path: '/users/me' });
    expect(own.json()).toMatchObject({ externalId: 'ext-1', subject: ada.subject });
  });

  it('links the record that its subject has made already', async () => {
    const user = await api.create(ada);
    const result = await upsert(1, { subject: ada.subject });
    expect(result.json()).toMatchObject({ outcome: 'updated', user: { id: user.id, externalId: 'ext-1' } });
    await remove(2);
    expect(await users()).toEqual([]);
  });

  it('does not take over a record of another external id', async () => {
    await upsert(1, { subject: ada.subject });
    const result = await upsert(2, { subject: ada.subject }, 'ext-2');
    expect(result.status).toBe(409);
    expect(result.json()).toMatchObject({ code: 'USERS_SUBJECT_TAKEN' });
  });

  it('answers 409 for an email that another user has', async () => {
    await api.create(bob, { email: 'taken@example.com' });
    const result = await upsert(1, { email: 'Taken@example.com' });
    expect(result.status).toBe(409);
    expect(result.json()).toMatchObject({ code: 'USERS_EMAIL_TAKEN' });
    expect((await upsert(2)).json()).toMatchObject({ outcome: 'created' });
  });

  it('makes the user again after an administrator deleted it', async () => {
    const created = await upsert(1);
    const { user } = created.json() as { user: { id: string } };
    await api.call({ as: admin, method: 'DELETE', path: `/users/${user.id}` });
    expect((await upsert(2)).json()).toMatchObject({ outcome: 'created' });
  });

  it.each(['a/b', '..', '.', '', 'ä', 'x'.repeat(129)])(
    'does not take %j for an external id',
    async (externalId) => {
      expect((await upsert(1, {}, externalId)).status).toBeGreaterThanOrEqual(400);
      expect(await users()).toEqual([]);
    },
  );
});

describe('a deletion by external id', () => {
  it('deletes the user, and older events do not bring it back', async () => {
    await upsert(1);
    expect((await remove(3)).json()).toEqual({ outcome: 'deleted' });
    expect((await upsert(2)).json()).toEqual({ outcome: 'superseded' });
    expect((await remove(3)).json()).toEqual({ outcome: 'superseded' });
    expect(await users()).toEqual([]);
    expect((await upsert(4)).json()).toMatchObject({ outcome: 'created' });
  });

  it('is remembered when it comes before the creation', async () => {
    expect((await remove(3)).json()).toEqual({ outcome: 'unchanged' });
    expect((await upsert(1)).json()).toEqual({ outcome: 'superseded' });
    expect(await users()).toEqual([]);
  });
});

it('ends in what the newest event says, in whatever order and however often events come', async () => {
  const event = fc.record({ second: fc.integer({ min: 1, max: 9 }), repeated: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(event, { selector: ({ second }) => second, minLength: 1 }),
      async (events) => {
        api = createTestApi();
        // Every third event deletes.
        const apply = async (second: number) => (second % 3 === 0 ? remove(second) : upsert(second));
        for (const { second, repeated } of events) {
          await apply(second);
          if (repeated) {
            await Promise.all([apply(second), apply(second)]);
          }
        }
        const newest = Math.max(...events.map(({ second }) => second));
        expect((await users()).map(({ name }) => name)).toEqual(newest % 3 === 0 ? [] : [`At ${newest}`]);
      },
    ),
    { numRuns: 200 },
  );
});

it('ends in what the newest event says when all of them come at once', async () => {
  for (let round = 0; round < 20; round += 1) {
    api = createTestApi();
    await Promise.all([upsert(2), upsert(4), remove(1), upsert(3)]);
    expect(await users()).toMatchObject([{ name: 'At 4' }]);
  }
});
