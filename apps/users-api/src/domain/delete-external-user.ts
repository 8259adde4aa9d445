import type { StoreCall } from '../store/users-store.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { retryWhenStale } from './upsert-external-user.ts';

export interface DeleteExternalUserInput extends OperationOptions {
  readonly externalId: string;
  /** When it happened outside; ISO 8601 with an offset. */
  readonly occurredAt: string;
}

/**
 * Applies a deletion of a directory outside. Its time is kept under the external id, so that an older event does not
 * bring the user back; that there was no such user is no error, as the events may come in any order.
 */
export async function deleteExternalUser(
  dependencies: Pick<UsersDependencies, 'store'>,
  { externalId, occurredAt, ...call }: DeleteExternalUserInput,
): Promise<{ readonly outcome: 'deleted' | 'unchanged' | 'superseded' }> {
  const link = { externalId, occurredAt: new Date(occurredAt).toISOString() };
  return retryWhenStale(async () => applyDeletion(dependencies, link, call));
}

async function applyDeletion(
  { store }: Pick<UsersDependencies, 'store'>,
  link: { readonly externalId: string; readonly occurredAt: string },
  call: StoreCall,
): Promise<{ readonly outcome: 'deleted' | 'unchanged' | 'superseded' }> {
  const known = await store.getExternalLink(link.externalId, call);
  if (known !== undefined && known.occurredAt >= link.occurredAt) {
    return { outcome: 'superseded' };
  }
  const user = known?.userId === undefined ? undefined : await store.get(known.userId, call);
  if (user === undefined) {
    await store.putExternalLink(link, call);
    return { outcome: 'unchanged' };
  }
  await store.delete(user, { ...call, link });
  return { outcome: 'deleted' };
}
