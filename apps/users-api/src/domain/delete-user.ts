import type { Actor } from './actor.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { assertReachable } from './policy.ts';
import { assertPrecondition, type Precondition } from './precondition.ts';

export interface DeleteUserInput extends OperationOptions {
  readonly id: string;
  readonly precondition: Precondition;
}

/**
 * Deletes a user for good (docs/adr: deletion is hard); its email and subject are free again at once. Throws
 * `USERS_NOT_FOUND`, `USERS_PRECONDITION_MISSING`, `USERS_VERSION_STALE`.
 */
export async function deleteUser(
  { store }: Pick<UsersDependencies, 'store'>,
  actor: Actor,
  { id, precondition, ...call }: DeleteUserInput,
): Promise<void> {
  const user = assertReachable(actor, await store.get(id, call));
  assertPrecondition(user, precondition);
  await store.delete(user, call);
}
