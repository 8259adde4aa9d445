import { normaliseEmail } from '../model/email.ts';
import type { User, UserProfile } from '../model/user.ts';
import type { Actor } from './actor.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { subjectForNewUser } from './policy.ts';

export interface NewUser extends UserProfile {
  /** Who will own the record; the actor when absent. */
  readonly subject?: string;
}

export interface CreateUserOptions extends OperationOptions {
  /** Names this creation, so that asking again after a lost answer gives the same user; new at each call by default. */
  readonly writeToken?: string;
}

export interface CreateUserInput extends CreateUserOptions {
  readonly user: NewUser;
}

/** Creates a user. Throws `USERS_FORBIDDEN`, `USERS_EMAIL_TAKEN`, `USERS_SUBJECT_TAKEN`. */
export async function createUser(
  { store, clock, newId }: UsersDependencies,
  actor: Actor,
  { user, writeToken = newId(), ...call }: CreateUserInput,
): Promise<User> {
  const now = new Date(clock()).toISOString();
  return store.create(
    {
      id: newId(),
      subject: subjectForNewUser(actor, user.subject),
      email: normaliseEmail(user.email),
      name: user.name,
      ...(user.locale === undefined ? {} : { locale: user.locale }),
      version: 1,
      createdAt: now,
      updatedAt: now,
    },
    { ...call, writeToken },
  );
}
