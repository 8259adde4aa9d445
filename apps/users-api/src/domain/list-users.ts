import { UsersError } from '../model/errors.ts';
import type { ListedUsers, ListPage } from '../store/users-store.ts';
import type { Actor } from './actor.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';

export interface ListUsersInput extends OperationOptions {
  readonly page: ListPage;
}

/** One page of all users in order of creation, for administrators. Throws `USERS_FORBIDDEN`. */
export async function listUsers(
  { store }: Pick<UsersDependencies, 'store'>,
  actor: Actor,
  { page, ...call }: ListUsersInput,
): Promise<ListedUsers> {
  if (!actor.admin) {
    throw new UsersError('USERS_FORBIDDEN', 'Only an administrator lists users.');
  }
  return store.list(page, call);
}
