import { UsersError } from '../model/errors.ts';
import type { User } from '../model/user.ts';

/** What a change requires of the record it is made to. */
export interface Precondition {
  /** The versions that the client accepts as current; `any` when it only requires that the record exists. Absent: it does not say. */
  readonly versions?: readonly number[] | 'any';
  /** The versions that it wants left alone; `any` when it requires that there is no record. Absent: none. */
  readonly notVersions?: readonly number[] | 'any';
}

/**
 * Throws `USERS_PRECONDITION_MISSING` when a change is asked for without saying on which version it is based (a lost
 * update would go unseen), and `USERS_VERSION_STALE` when the record has moved on, or is of a version to be left alone.
 */
export function assertPrecondition(user: User, { versions, notVersions }: Precondition): void {
  if (versions === undefined) {
    throw new UsersError('USERS_PRECONDITION_MISSING', 'Say which version is to be changed.');
  }
  if (!includes(versions, user.version)) {
    throw new UsersError('USERS_VERSION_STALE', 'The user has changed since that version.');
  }
  if (includes(notVersions, user.version)) {
    throw new UsersError('USERS_VERSION_STALE', 'The user is of a version that was to be left alone.');
  }
}

/** True when a change is based on the version just before the record's: it may be the very one that came since. */
export function isVersionBefore(user: User, { versions, notVersions }: Precondition): boolean {
  return versions !== 'any' && includes(versions, user.version - 1) && !includes(notVersions, user.version);
}

function includes(versions: Precondition['versions'] | undefined, version: number): boolean {
  return versions === 'any' || versions?.includes(version) === true;
}
