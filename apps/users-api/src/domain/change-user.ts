import { normaliseEmail } from '../model/email.ts';
import type { User, UserProfile } from '../model/user.ts';
import type { Actor } from './actor.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { nextVersion, sameProfile } from './next-version.ts';
import { assertReachable } from './policy.ts';
import { assertPrecondition, isVersionBefore, type Precondition } from './precondition.ts';

export interface ChangeUserInput extends OperationOptions {
  readonly id: string;
  readonly precondition: Precondition;
  /** The wanted profile, from the present one. */
  readonly change: (present: UserProfile) => UserProfile;
}

/**
 * Gives a user another profile: the whole of a replacement and of a patch. A change that changes nothing writes
 * nothing and keeps the version; nor does one that was made from the version before and is what is stored: it has
 * been applied already, and its answer was lost (RFC 9110 13.1.1 lets it succeed). Throws `USERS_NOT_FOUND`, `USERS_PRECONDITION_MISSING`, `USERS_VERSION_STALE`,
 * `USERS_EMAIL_TAKEN`.
 */
export async function changeUser(
  { store, clock }: Pick<UsersDependencies, 'store' | 'clock'>,
  actor: Actor,
  { id, precondition, change, ...call }: ChangeUserInput,
): Promise<User> {
  const user = assertReachable(actor, await store.get(id, call));
  const wanted = change(user);
  const profile = { ...wanted, email: normaliseEmail(wanted.email) };
  const asked = sameProfile(user, profile);
  if (asked && isVersionBefore(user, precondition)) {
    return user;
  }
  assertPrecondition(user, precondition);
  if (asked) {
    return user;
  }
  const next = nextVersion(user, profile, clock());
  await store.replace(user, next, call);
  return next;
}
