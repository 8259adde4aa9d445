import { isUsersError } from '../model/errors.ts';
import { someUser } from '../store/testing/some-user.ts';
import { createInMemoryUsersStore } from '../store/testing/in-memory-users-store.ts';
import type { UsersStore } from '../store/users-store.ts';
import { changeUser } from './change-user.ts';
import { deleteUser } from './delete-user.ts';

const admin = { admin: true };
const precondition = { versions: [1] };

/** A store in which somebody else writes between every read and the write that follows. */
function contested(store: UsersStore): UsersStore {
  return {
    ...store,
    get: async (id, call) => {
      const user = await store.get(id, call);
      if (user !== undefined) {
        await store.replace(user, { ...user, name: 'Somebody else was faster', version: user.version + 1 });
      }
      return user;
    },
  };
}

describe.each([
  ['a change', 'Somebody else was faster'],
  ['a deletion', 'Somebody else was faster'],
])('%s that meets another one', (kind, name) => {
  it('is stale, and the other one stands', async () => {
    const store = createInMemoryUsersStore();
    const { id } = await store.create(someUser(), { writeToken: 't' });
    const dependencies = { store: contested(store), clock: () => 0 };
    const work =
      kind === 'a deletion'
        ? deleteUser(dependencies, admin, { id, precondition: { versions: 'any' } })
        : changeUser(dependencies, admin, {
            id,
            precondition,
            change: (user) => ({ ...user, name: 'Mine' }),
          });
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(isUsersError(error, 'USERS_VERSION_STALE')).toBe(true);
    expect(await store.get(id)).toMatchObject({ name, version: 2 });
  });
});

describe('a change that is asked for again, since its answer was lost', () => {
  const rename = (name: string) => ({
    precondition,
    change: (user: { readonly email: string }) => ({ email: user.email, name }),
  });
  const renamed = async () => {
    const store = createInMemoryUsersStore();
    const { id } = await store.create(someUser(), { writeToken: 't' });
    const dependencies = { store, clock: () => 0 };
    const first = await changeUser(dependencies, admin, { id, ...rename('Mine') });
    return { dependencies, store, id, first };
  };

  it('is answered as the first time, and done once', async () => {
    const { dependencies, store, id, first } = await renamed();
    expect(await changeUser(dependencies, admin, { id, ...rename('Mine') })).toEqual(first);
    expect(await store.get(id)).toEqual(first);
    expect(first.version).toBe(2);
  });

  it('is stale when it asks for something else', async () => {
    const { dependencies, id } = await renamed();
    const error: unknown = await changeUser(dependencies, admin, { id, ...rename('Other') }).catch(
      (thrown: unknown) => thrown,
    );
    expect(isUsersError(error, 'USERS_VERSION_STALE')).toBe(true);
  });

  it('is stale when more has come since, whatever is stored', async () => {
    const { dependencies, store, id, first } = await renamed();
    await store.replace(first, { ...first, name: 'Theirs', version: 3 });
    await store.replace({ ...first, version: 3 }, { ...first, version: 4 });
    const error: unknown = await changeUser(dependencies, admin, { id, ...rename('Mine') }).catch(
      (thrown: unknown) => thrown,
    );
    expect(isUsersError(error, 'USERS_VERSION_STALE')).toBe(true);
  });
});

it('a change never takes a clock back: updatedAt does not go before what it was', async () => {
  const store = createInMemoryUsersStore();
  const user = await store.create(someUser(), { writeToken: 't' });
  const dependencies = { store, clock: () => Date.parse(user.updatedAt) - 60_000 };
  const input = { id: user.id, precondition, change: () => ({ email: user.email, name: 'Mine' }) };
  expect(await changeUser(dependencies, admin, input)).toMatchObject({
    updatedAt: user.updatedAt,
    version: 2,
  });
});
