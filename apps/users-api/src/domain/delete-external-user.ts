import type { StoreCall } from '../store/users-store.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { isAfter, momentOfEvent } from './event-order.ts';
import { retryWhenStale } from './upsert-external-user.ts';

export interface DeletionOutcome {
  readonly outcome: 'deleted' | 'unchanged' | 'superseded';
}

export interface DeleteExternalUserInput extends OperationOptions {
  readonly externalId: string;
  /** When it happened outside; ISO 8601 with an offset. */
  readonly occurredAt: string;
}

/**
 * Applies a deletion of a directory outside. Its time is kept under the external id, so that an older event, or a change of the
 * same moment, does not bring the user back; that there was no such user is no error, as the events may come in any order.
 * Throws `USERS_EVENT_AHEAD`.
 */
export async function deleteExternalUser(
  dependencies: Pick<UsersDependencies, 'store' | 'clock'>,
  { externalId, occurredAt, ...call }: DeleteExternalUserInput,
): Promise<DeletionOutcome> {
  const link = { externalId, occurredAt: momentOfEvent(occurredAt, dependencies.clock()) };
  return retryWhenStale(async () => applyDeletion(dependencies, link, call));
}

async function applyDeletion(
  { store }: Pick<UsersDependencies, 'store'>,
  to: { readonly externalId: string; readonly occurredAt: string },
  call: StoreCall,
): Promise<DeletionOutcome> {
  const known = await store.getExternalLink(to.externalId, call);
  if (!isAfter({ kind: 'deletion', occurredAt: to.occurredAt }, known)) {
    return { outcome: 'superseded' };
  }
  const link = { from: known, to };
  const user = known?.userId === undefined ? undefined : await store.get(known.userId, call);
  if (user === undefined) {
    await store.changeExternalLink(link, call);
    return { outcome: 'unchanged' };
  }
  await store.delete(user, { ...call, link });
  return { outcome: 'deleted' };
}
