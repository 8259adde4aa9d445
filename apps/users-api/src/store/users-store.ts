import type { ExternalLink, User } from '../model/user.ts';

/** Options of every call to the store. */
export interface StoreCall {
  /** Ends the call early; it then throws `USERS_STORE_UNAVAILABLE`. */
  readonly signal?: AbortSignal;
}

/** What an external id stood for when it was read, and what it stands for from then on. */
export interface LinkChange {
  /** Absent for an id that was not known. */
  readonly from: ExternalLink | undefined;
  readonly to: ExternalLink;
}

export interface WriteCall extends StoreCall {
  /** Recorded together with the write, or not at all: when what is stored is no longer `from`, nothing is written. */
  readonly link?: LinkChange;
}

export interface CreateCall extends WriteCall {
  /**
   * Names this creation, together with the profile. When a user of the same subject was created by both, the store answers
   * that user as it is now: a client that lost the first answer may ask again. With another profile it is another creation.
   */
  readonly writeToken: string;
}

export type ListOrder = 'asc' | 'desc';

export interface ListPage {
  readonly limit: number;
  /** By creation: `asc` oldest first. */
  readonly order: ListOrder;
  /** The `position` of the last user already read; that user itself need not exist any more. */
  readonly after?: string;
}

export interface ListedUsers {
  readonly users: readonly User[];
  /** Where the next page starts; absent when nothing follows. */
  readonly next?: string;
}

/**
 * Where users live: the port of the domain. Every implementation passes `describeUsersStore`.
 *
 * Reads by id, subject and external id see every write that was answered before they began. `list` may lag by the
 * index's delay, but returns each user that exists throughout a traversal exactly once.
 *
 * All methods throw `USERS_STORE_UNAVAILABLE` when the store is down or throttles; a write was then done or not
 * done, never in part. A write that the store's own client sends again, because an answer was lost, is done once.
 */
export interface UsersStore {
  get(id: string, call?: StoreCall): Promise<User | undefined>;
  getBySubject(subject: string, call?: StoreCall): Promise<User | undefined>;
  getExternalLink(externalId: string, call?: StoreCall): Promise<ExternalLink | undefined>;

  /**
   * Stores a new user and answers what is stored. Throws `USERS_EMAIL_TAKEN`, `USERS_SUBJECT_TAKEN`, or
   * `USERS_VERSION_STALE` when the link has changed.
   */
  create(user: User, call: CreateCall): Promise<User>;

  /**
   * Writes `next` over `previous` (same id, subject and creation time), moving the email's reservation when it
   * changes. Throws `USERS_VERSION_STALE` when what is stored has another version than `previous`, or is gone, or the
   * link has changed; `USERS_EMAIL_TAKEN` when the new address belongs to another user.
   */
  replace(previous: User, next: User, call?: WriteCall): Promise<void>;

  /** Removes the user and its reservations. Throws `USERS_VERSION_STALE` as `replace` does. */
  delete(user: User, call?: WriteCall): Promise<void>;

  /**
   * Records a link alone, e.g. of a deletion heard of before the creation. Throws `USERS_VERSION_STALE` when it has
   * changed.
   */
  changeExternalLink(link: LinkChange, call?: StoreCall): Promise<void>;

  list(page: ListPage, call?: StoreCall): Promise<ListedUsers>;
}
