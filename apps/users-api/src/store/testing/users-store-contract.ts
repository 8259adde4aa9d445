import { randomUUID } from 'node:crypto';
import { isUsersError, type UsersErrorCode } from '../../model/errors.ts';
import type { ExternalLink, User, UserProfile } from '../../model/user.ts';
import type { ListOrder, UsersStore } from '../users-store.ts';
import { someUser } from './some-user.ts';

async function expectCode(work: Promise<unknown>, code: UsersErrorCode): Promise<void> {
  const outcome = await work.then(
    () => 'no error',
    (error: unknown) => (isUsersError(error) ? error.code : error),
  );
  expect(outcome).toBe(code);
}

async function readAll(store: UsersStore, limit: number, order: ListOrder): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined, more = true; more;) {
    const page = await store.list({ limit, order, ...(after === undefined ? {} : { after }) });
    expect(page.users.length).toBeLessThanOrEqual(limit);
    ids.push(...page.users.map((user) => user.id));
    after = page.next;
    more = after !== undefined;
  }
  return ids;
}

/** What every implementation of the port does. `createStore` gives an empty one each time. */
export function describeUsersStore(name: string, createStore: () => Promise<UsersStore>): void {
  describe(`${name} as a users store`, () => {
    let store: UsersStore;
    const create = async (user: User): Promise<User> => store.create(user, { writeToken: randomUUID() });

    beforeEach(async () => {
      store = await createStore();
    });

    describe('reading', () => {
      it('knows no user before one is created', async () => {
        expect(await store.get(randomUUID())).toBeUndefined();
        expect(await store.getBySubject('nobody')).toBeUndefined();
        expect(await store.getExternalLink('none')).toBeUndefined();
        expect(await store.list({ limit: 10, order: 'asc' })).toEqual({ users: [] });
      });

      it('gives back what was created, by id and by subject', async () => {
        const user = someUser({ locale: 'de-CH' });
        expect(await create(user)).toEqual(user);
        expect(await store.get(user.id)).toEqual(user);
        expect(await store.getBySubject(user.subject)).toEqual(user);
      });
    });

    describe('creating', () => {
      it('refuses an email that another user has', async () => {
        const first = await create(someUser());
        const second = someUser({ email: first.email });
        await expectCode(create(second), 'USERS_EMAIL_TAKEN');
        expect(await store.get(second.id)).toBeUndefined();
        expect(await store.getBySubject(second.subject)).toBeUndefined();
      });

      it('refuses a second user of one subject, and leaves its email free', async () => {
        const first = await create(someUser());
        const second = someUser({ subject: first.subject });
        await expectCode(create(second), 'USERS_SUBJECT_TAKEN');
        await expect(create(someUser({ email: second.email }))).resolves.toBeDefined();
      });

      it('lets exactly one of many win a contested email', async () => {
        const contested = 'contested@example.com';
        const outcomes = await Promise.allSettled(
          Array.from({ length: 8 }, async () => create(someUser({ email: contested }))),
        );
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
        expect((await store.list({ limit: 50, order: 'asc' })).users).toHaveLength(1);
      });

      it('answers the earlier user when the same creation is asked for again', async () => {
        const user = someUser();
        await store.create(user, { writeToken: 'once' });
        const again = { ...user, id: randomUUID(), createdAt: '2027-01-01T00:00:00.000Z' };
        expect(await store.create(again, { writeToken: 'once' })).toEqual(user);
        expect(await store.get(again.id)).toBeUndefined();
      });

      it.each<[string, UserProfile]>([
        ['another email', { email: 'other@example.com', name: 'Once', locale: 'fr' }],
        ['another name', { email: 'once@example.com', name: 'Other', locale: 'fr' }],
        ['another locale', { email: 'once@example.com', name: 'Once', locale: 'de' }],
        ['no locale', { email: 'once@example.com', name: 'Once' }],
      ])('does not take a creation with %s for the earlier one', async (_, profile) => {
        const user = someUser({ email: 'once@example.com', name: 'Once', locale: 'fr' });
        await store.create(user, { writeToken: 'once' });
        const other = someUser({ ...profile, subject: user.subject });
        await expectCode(store.create(other, { writeToken: 'once' }), 'USERS_SUBJECT_TAKEN');
        expect(await store.getBySubject(user.subject)).toEqual(user);
      });

      it('does not take a creation under another token for the earlier one', async () => {
        const user = someUser();
        await store.create(user, { writeToken: 'once' });
        const again = { ...user, id: randomUUID() };
        await expectCode(store.create(again, { writeToken: 'twice' }), 'USERS_SUBJECT_TAKEN');
      });

      it('answers the earlier user as it is now, when it has changed since', async () => {
        const user = someUser();
        await store.create(user, { writeToken: 'once' });
        const next = { ...user, email: 'moved@example.com', name: 'Renamed', version: 2 };
        await store.replace(user, next);
        expect(await store.create({ ...user, id: randomUUID() }, { writeToken: 'once' })).toEqual(next);
      });

      it('creates anew when the earlier user is gone', async () => {
        const user = someUser();
        await store.create(user, { writeToken: 'once' });
        await store.delete(user);
        const again = { ...user, id: randomUUID() };
        expect(await store.create(again, { writeToken: 'once' })).toEqual(again);
      });
    });

    describe('text that has no UTF-8 form', () => {
      const refused = { name: 'SerializationException' };

      it.each(['name', 'email', 'subject', 'locale'] as const)(
        'is refused as the %s of a new user, of which nothing stays',
        async (member) => {
          const user = someUser();
          await expect(create({ ...user, [member]: 'x\ud800' })).rejects.toMatchObject(refused);
          expect(await store.list({ limit: 5, order: 'asc' })).toEqual({ users: [] });
          expect(await create(user)).toEqual(user);
        },
      );

      it('is refused of a change, and what is stored stays', async () => {
        const user = await create(someUser());
        const next = { ...user, name: '\udc00', version: 2 };
        await expect(store.replace(user, next)).rejects.toMatchObject(refused);
        expect(await store.get(user.id)).toEqual(user);
      });

      it('is refused in a link and in what is asked for', async () => {
        const link = { externalId: '\ud800', occurredAt: '2026-06-01T00:00:00.000Z' };
        await expect(store.changeExternalLink({ from: undefined, to: link })).rejects.toMatchObject(refused);
        await expect(store.getExternalLink('\ud800')).rejects.toMatchObject(refused);
        await expect(store.getBySubject('\ud800')).rejects.toMatchObject(refused);
      });
    });

    describe('replacing', () => {
      it('writes the next version', async () => {
        const user = await create(someUser());
        const next = { ...user, name: 'Renamed', version: 2 };
        await store.replace(user, next);
        expect(await store.get(user.id)).toEqual(next);
        expect((await store.list({ limit: 5, order: 'asc' })).users).toEqual([next]);
      });

      it('refuses a stale version and keeps what is stored', async () => {
        const user = await create(someUser());
        const next = { ...user, name: 'First', version: 2 };
        await store.replace(user, next);
        await expectCode(store.replace(user, { ...user, name: 'Second', version: 2 }), 'USERS_VERSION_STALE');
        expect(await store.get(user.id)).toEqual(next);
      });

      it('lets exactly one of many concurrent changes win', async () => {
        const user = await create(someUser());
        const outcomes = await Promise.allSettled(
          Array.from({ length: 8 }, async (_, index) =>
            store.replace(user, { ...user, name: `Writer ${index}`, version: 2 }),
          ),
        );
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      });

      it('refuses a user that is gone', async () => {
        const user = await create(someUser());
        await store.delete(user);
        await expectCode(store.replace(user, { ...user, version: 2 }), 'USERS_VERSION_STALE');
        expect(await store.get(user.id)).toBeUndefined();
      });

      it('moves the reservation with the email', async () => {
        const user = await create(someUser());
        await store.replace(user, { ...user, email: 'moved@example.com', version: 2 });
        await expectCode(create(someUser({ email: 'moved@example.com' })), 'USERS_EMAIL_TAKEN');
        await expect(create(someUser({ email: user.email }))).resolves.toBeDefined();
      });

      it('refuses an email that another user has, and keeps both reservations', async () => {
        const [user, other] = [await create(someUser()), await create(someUser())];
        const next = { ...user, email: other.email, version: 2 };
        await expectCode(store.replace(user, next), 'USERS_EMAIL_TAKEN');
        expect(await store.get(user.id)).toEqual(user);
        await expectCode(create(someUser({ email: user.email })), 'USERS_EMAIL_TAKEN');
      });

      it('drops what the next version leaves out', async () => {
        const user = await create(someUser({ locale: 'fr' }));
        const { locale: _, ...rest } = user;
        await store.replace(user, { ...rest, version: 2 });
        expect(await store.get(user.id)).toEqual({ ...rest, version: 2 });
      });
    });

    describe('deleting', () => {
      it('frees the email and the subject at once', async () => {
        const user = await create(someUser());
        await store.delete(user);
        expect(await store.get(user.id)).toBeUndefined();
        expect(await store.getBySubject(user.subject)).toBeUndefined();
        expect(await store.list({ limit: 5, order: 'asc' })).toEqual({ users: [] });
        await expect(create(someUser({ email: user.email, subject: user.subject }))).resolves.toBeDefined();
      });

      it('refuses a stale version and a second deletion', async () => {
        const user = await create(someUser());
        await expectCode(store.delete({ ...user, version: 7 }), 'USERS_VERSION_STALE');
        expect(await store.get(user.id)).toEqual(user);
        await store.delete(user);
        await expectCode(store.delete(user), 'USERS_VERSION_STALE');
      });
    });

    describe('external links', () => {
      const link = (second: number, more: Partial<ExternalLink> = {}): ExternalLink => ({
        externalId: 'ext-1',
        occurredAt: new Date(Date.UTC(2026, 5, 1, 0, 0, second)).toISOString(),
        ...more,
      });
      const delivery = { id: 'standard#msg_1', receivedAt: '2026-06-01T00:00:02.000000000Z' };

      it('are recorded with the write', async () => {
        const user = someUser({ externalId: 'ext-1' });
        const links = [
          link(1, { userId: user.id }),
          link(2, { userId: user.id, delivery }),
          link(3),
        ] as const;
        await store.create(user, { writeToken: randomUUID(), link: { from: undefined, to: links[0] } });
        expect(await store.getExternalLink('ext-1')).toEqual(links[0]);
        await store.replace(user, { ...user, version: 2 }, { link: { from: links[0], to: links[1] } });
        expect(await store.getExternalLink('ext-1')).toEqual(links[1]);
        await store.delete({ ...user, version: 2 }, { link: { from: links[1], to: links[2] } });
        expect(await store.getExternalLink('ext-1')).toEqual(links[2]);
      });

      const stored = link(5, { userId: randomUUID(), delivery });
      it.each<[string, ExternalLink | undefined]>([
        ['as unknown', undefined],
        ['at another time', { ...stored, occurredAt: link(4).occurredAt }],
        ['by another delivery', { ...stored, delivery: { ...delivery, id: 'standard#msg_2' } }],
        ['without a delivery', link(5, { userId: stored.userId! })],
        ['after a deletion', link(5, { delivery })],
        ['for another user', { ...stored, userId: randomUUID() }],
      ])('keep a write out, whole, that has read them %s', async (_, from) => {
        await store.changeExternalLink({ from: undefined, to: stored });
        const user = someUser();
        const change = { from, to: link(9, { userId: user.id }) };
        await expectCode(
          store.create(user, { writeToken: randomUUID(), link: change }),
          'USERS_VERSION_STALE',
        );
        await expectCode(store.changeExternalLink(change), 'USERS_VERSION_STALE');
        expect(await store.get(user.id)).toBeUndefined();
        expect(await store.getExternalLink('ext-1')).toEqual(stored);
        await expect(create(someUser({ email: user.email }))).resolves.toBeDefined();
      });

      it('keep a write out that has read one where there is none', async () => {
        await expectCode(store.changeExternalLink({ from: stored, to: link(9) }), 'USERS_VERSION_STALE');
        expect(await store.getExternalLink('ext-1')).toBeUndefined();
      });

      it('let exactly one of many changes win that have read the same', async () => {
        await store.changeExternalLink({ from: undefined, to: stored });
        const outcomes = await Promise.allSettled(
          Array.from({ length: 8 }, async (_, index) =>
            store.changeExternalLink({ from: stored, to: link(10 + index) }),
          ),
        );
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      });
    });

    describe('a call whose caller has gone', () => {
      const gone = { signal: AbortSignal.abort(new Error('The deadline has passed.')) };
      const link = {
        from: undefined,
        to: { externalId: 'ext-gone', occurredAt: '2026-06-01T00:00:00.000Z' },
      };
      const calls: readonly (readonly [string, (user: User) => Promise<unknown>])[] = [
        ['get', async (user) => store.get(user.id, gone)],
        ['getBySubject', async (user) => store.getBySubject(user.subject, gone)],
        ['getExternalLink', async () => store.getExternalLink('ext-gone', gone)],
        ['create', async () => store.create(someUser(), { ...gone, writeToken: randomUUID() })],
        ['replace', async (user) => store.replace(user, { ...user, name: 'Late', version: 2 }, gone)],
        ['delete', async (user) => store.delete(user, gone)],
        ['changeExternalLink', async () => store.changeExternalLink(link, gone)],
        ['list', async () => store.list({ limit: 5, order: 'asc' }, gone)],
      ];

      it.each(calls)('%s is not made', async (_, call) => {
        const user = await create(someUser());
        await expectCode(call(user), 'USERS_STORE_UNAVAILABLE');
        expect((await store.list({ limit: 5, order: 'asc' })).users).toEqual([user]);
        expect(await store.getExternalLink('ext-gone')).toBeUndefined();
      });

      it('is made while it is still there', async () => {
        const { signal } = new AbortController();
        const user = await store.create(someUser(), { signal, writeToken: randomUUID() });
        expect(await store.get(user.id, { signal })).toEqual(user);
      });
    });

    describe('listing', () => {
      it.each([1, 3, 7, 25, 100])('pages by %i with no gap and no repeat, in both orders', async (limit) => {
        const ids: string[] = [];
        for (let count = 0; count < 25; count += 1) {
          ids.push((await create(someUser())).id);
        }
        expect(await readAll(store, limit, 'asc')).toEqual(ids);
        expect(await readAll(store, limit, 'desc')).toEqual(ids.toReversed());
      });

      it('orders users of the same instant by id', async () => {
        const createdAt = '2026-01-01T00:00:00.000Z';
        const users = await Promise.all(
          Array.from({ length: 10 }, async () => create(someUser({ createdAt, updatedAt: createdAt }))),
        );
        expect(await readAll(store, 4, 'asc')).toEqual(users.map((user) => user.id).sort());
      });

      it('keeps every user that stays, whatever is created, changed and deleted between pages', async () => {
        const users: User[] = [];
        for (let count = 0; count < 20; count += 1) {
          users.push(await create(someUser()));
        }
        const seen: string[] = [];
        let after: string | undefined;
        for (let page = 0; ; page += 1) {
          const { users: read, next } = await store.list({
            limit: 5,
            order: 'asc',
            ...(after === undefined ? {} : { after }),
          });
          seen.push(...read.map((user) => user.id));
          if (next === undefined) {
            break;
          }
          after = next;
          if (page === 0) {
            // The very user that the cursor stands on, one behind it and one before it.
            for (const index of [4, 0, 10]) {
              await store.delete(users[index]!);
            }
            await store.replace(users[12]!, { ...users[12]!, name: 'Renamed', version: 2 });
            await create(someUser());
          }
        }
        const stayed = users.filter((_, index) => index !== 10).map((user) => user.id);
        expect(seen.slice(0, stayed.length)).toEqual(stayed);
        expect(seen).toHaveLength(stayed.length + 1);
        expect(new Set(seen).size).toBe(seen.length);
      });

      it('gives every user that stays exactly once while others come and go at the same time', async () => {
        const stays: string[] = [];
        for (let count = 0; count < 15; count += 1) {
          stays.push((await create(someUser())).id);
        }
        let reading = true;
        const writers = Array.from({ length: 3 }, async () => {
          for (let turn = 0; reading; turn += 1) {
            // Both before and behind the reader.
            const createdAt = turn % 2 === 0 ? '2025-01-01T00:00:00.000Z' : '2027-01-01T00:00:00.000Z';
            const passing = await create(someUser({ createdAt, updatedAt: createdAt }));
            await store.delete(passing);
          }
        });
        for (let round = 0; round < 3; round += 1) {
          const seen = await readAll(store, 4, 'asc');
          expect(seen.filter((id) => stays.includes(id))).toEqual(stays);
          expect(new Set(seen).size).toBe(seen.length);
        }
        reading = false;
        await Promise.all(writers);
      });
    });
  });
}
