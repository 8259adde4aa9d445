import { UsersError } from '../model/errors.ts';
import type { User } from '../model/user.ts';

/** What a change requires of the record it is made to. */
export interface Precondition {
  /** The versions that the client accepts as current; `any` when it only requires that the record exists. */
  readonly versions: readonly number[] | 'any';
}

/**
 * Throws `USERS_PRECONDITION_MISSING` when a change is asked for without saying on which version it is based (a lost
 * update would go unseen), and `USERS_VERSION_STALE` when the record has moved on.
 */
export function assertPrecondition(user: User, precondition: Precondition | undefined): void {
  if (precondition === undefined) {
    throw new UsersError('USERS_PRECONDITION_MISSING', 'Say which version is to be changed.');
  }
  if (precondition.versions !== 'any' && !precondition.versions.includes(user.version)) {
    throw new UsersError('USERS_VERSION_STALE', 'The user has changed since that version.');
  }
}

/** True when a change is based on the version just before the record's: it may be the very one that came since. */
export function isVersionBefore(user: User, precondition: Precondition | undefined): boolean {
  return (
    precondition !== undefined &&
    precondition.versions !== 'any' &&
    precondition.versions.includes(user.version - 1)
  );
}
