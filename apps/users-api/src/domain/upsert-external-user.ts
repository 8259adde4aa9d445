import { normaliseEmail } from '../model/email.ts';
import { isUsersError, UsersError } from '../model/errors.ts';
import { toMoment } from '../model/moment.ts';
import type { ExternalDelivery, ExternalLink, User, UserProfile } from '../model/user.ts';
import type { LinkChange, StoreCall } from '../store/users-store.ts';
import type { OperationOptions, UsersDependencies } from './dependencies.ts';
import { isAfter, momentOfEvent } from './event-order.ts';
import { nextVersion } from './next-version.ts';

export type ExternalOutcome =
  | { readonly outcome: 'created' | 'updated' | 'unchanged'; readonly user: User }
  /** This event of the id, or one that comes after it (`isAfter`), was applied before. */
  | { readonly outcome: 'superseded' };

export interface ExternalUserEvent {
  readonly externalId: string;
  /** When it happened outside; ISO 8601 with an offset. */
  readonly occurredAt: string;
  /** Which delivery brought it, its receipt like `occurredAt`: it decides between changes of one moment. */
  readonly delivery?: ExternalDelivery;
  readonly profile: UserProfile;
  /** Who will own a new record. Default: nobody that a token could name. */
  readonly subject?: string;
}

export interface UpsertExternalUserInput extends OperationOptions {
  readonly event: ExternalUserEvent;
}

/** Times that the record is read again because it changed between reading and writing. */
const ATTEMPTS = 4;

/**
 * Applies an event of a directory outside: creates the user of its external id, or changes it. Events may come late,
 * twice and in any order; the last of them by `isAfter` stands. The link that says which one that was is written together with
 * the user, and only as it was read, so that two events at once cannot both win. Throws `USERS_EMAIL_TAKEN`,
 * `USERS_SUBJECT_TAKEN`, `USERS_EVENT_AHEAD`.
 */
export async function upsertExternalUser(
  dependencies: UsersDependencies,
  { event, ...call }: UpsertExternalUserInput,
): Promise<ExternalOutcome> {
  return retryWhenStale(async () => applyUpsert(dependencies, event, call));
}

/** Reads and writes again while another write comes between. */
export async function retryWhenStale<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isUsersError(error, 'USERS_VERSION_STALE')) {
        throw error;
      }
      if (count === ATTEMPTS) {
        throw new UsersError('USERS_STORE_UNAVAILABLE', 'The record does not stand still.', {
          cause: error,
          retryAfterSeconds: 1,
        });
      }
    }
  }
}

async function applyUpsert(
  { store, clock, newId }: UsersDependencies,
  event: ExternalUserEvent,
  call: StoreCall,
): Promise<ExternalOutcome> {
  const { externalId } = event;
  const place = placeOf(event, clock());
  const known = await store.getExternalLink(externalId, call);
  if (!isAfter({ kind: 'change', ...place }, known)) {
    return { outcome: 'superseded' };
  }
  const linkTo = (userId: string): LinkChange => ({ from: known, to: { externalId, ...place, userId } });
  const profile = { ...event.profile, email: normaliseEmail(event.profile.email) };
  // No issuer is named `external:`, so that nobody's token owns a record that came without a subject.
  const subject = event.subject ?? `external:#${externalId}`;

  const linked = known?.userId === undefined ? undefined : await store.get(known.userId, call);
  const user = linked ?? (await store.getBySubject(subject, call));
  if (user === undefined) {
    const now = new Date(clock()).toISOString();
    const id = newId();
    const created = { id, subject, externalId, ...profile, version: 1, createdAt: now, updatedAt: now };
    const stored = await orStale(store.create(created, { ...call, writeToken: newId(), link: linkTo(id) }));
    return { outcome: 'created', user: stored };
  }
  if (user.externalId !== undefined && user.externalId !== externalId) {
    throw new UsersError('USERS_SUBJECT_TAKEN', 'The subject belongs to another external id.');
  }
  const next = nextVersion({ ...user, externalId }, profile, clock());
  await store.replace(user, next, { ...call, link: linkTo(user.id) });
  return { outcome: 'updated', user: next };
}

/** A subject that was free a moment ago has its user from another event of the same id: that one is read. */
async function orStale(creation: Promise<User>): Promise<User> {
  try {
    return await creation;
  } catch (cause) {
    throw isUsersError(cause, 'USERS_SUBJECT_TAKEN')
      ? new UsersError('USERS_VERSION_STALE', 'The subject has got a user meanwhile.', { cause })
      : cause;
  }
}

function placeOf(
  { occurredAt, delivery }: ExternalUserEvent,
  nowMs: number,
): Pick<ExternalLink, 'occurredAt' | 'delivery'> {
  return {
    occurredAt: momentOfEvent(occurredAt, nowMs),
    ...(delivery !== undefined && {
      delivery: { id: delivery.id, receivedAt: toMoment(delivery.receivedAt) },
    }),
  };
}
