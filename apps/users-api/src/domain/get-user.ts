import type { User } from '../model/user.ts';
import type { Actor } from './actor.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { assertReachable } from './policy.ts';

export interface GetUserInput extends OperationOptions {
  readonly id: string;
}

/** Reads one user. Throws `USERS_NOT_FOUND`, also for a record that the actor may not see. */
export async function getUser(
  { store }: Pick<UsersDependencies, 'store'>,
  actor: Actor,
  { id, ...call }: GetUserInput,
): Promise<User> {
  return assertReachable(actor, await store.get(id, call));
}

/** Reads the actor's own record. Throws `USERS_NOT_FOUND` when it has none yet. */
export async function getOwnUser(
  { store }: Pick<UsersDependencies, 'store'>,
  actor: Actor,
  call: OperationOptions = {},
): Promise<User> {
  const user = actor.subject === undefined ? undefined : await store.getBySubject(actor.subject, call);
  return assertReachable(actor, user);
}
