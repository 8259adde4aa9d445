import { UsersError } from '../model/errors.ts';
import type { User } from '../model/user.ts';
import type { Actor } from './actor.ts';

/**
 * Who may do what with which record: all of it, in one place. The contract's scopes were checked before (the guard);
 * what is left is whose record it is.
 *
 * - reading and changing a record: its owner, or an administrator;
 * - creating one: a subject for itself, or an administrator for any;
 * - listing: an administrator, which the contract's scope says already.
 */
export function ownsOrAdministers(actor: Actor, user: Pick<User, 'subject'>): boolean {
  return actor.admin || actor.subject === user.subject;
}

/**
 * The record, when it exists and the actor may reach it. Throws `USERS_NOT_FOUND` for both other cases alike, so that
 * an id tells a stranger nothing (docs/adr: another subject's record is 404).
 */
export function assertReachable(actor: Actor, user: User | undefined): User {
  if (user === undefined || !ownsOrAdministers(actor, user)) {
    throw new UsersError('USERS_NOT_FOUND', 'There is no such user.');
  }
  return user;
}

/**
 * The subject that will own a new record: the one asked for, or the actor's own. Throws `USERS_FORBIDDEN` when the
 * actor is no administrator and asks for another's, or has no subject and names none.
 */
export function subjectForNewUser(actor: Actor, requested: string | undefined): string {
  const subject = requested ?? actor.subject;
  if (subject === undefined) {
    throw new UsersError('USERS_FORBIDDEN', 'A caller without a subject of its own has to name the owner.');
  }
  if (!ownsOrAdministers(actor, { subject })) {
    throw new UsersError('USERS_FORBIDDEN', 'Only an administrator creates a user for another subject.');
  }
  return subject;
}
