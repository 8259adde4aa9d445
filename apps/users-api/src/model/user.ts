/** What an owner or an administrator may change. */
export interface UserProfile {
  /** Normalised (`normaliseEmail`); unique over all users. */
  readonly email: string;
  /** What the person is called, 1 to 200 characters. */
  readonly name: string;
  /** BCP 47 language tag, e.g. `en-GB`; absent when the person has not said. */
  readonly locale?: string;
}

/** A user as it is stored and answered. */
export interface User extends UserProfile {
  /** Generated, lower-case UUID (RFC 9562), never reused. */
  readonly id: string;
  /** Who owns the record: the token's issuer and subject in one string. At most one record has it. */
  readonly subject: string;
  /** The id under which a directory outside upserts this user (internal operations). */
  readonly externalId?: string;
  /** Starts at 1 and grows by one with every change; the entity tag comes from it. */
  readonly version: number;
  /** ISO 8601 in UTC with milliseconds; never changes. */
  readonly createdAt: string;
  /** ISO 8601 in UTC with milliseconds; never before `createdAt`, never goes back. */
  readonly updatedAt: string;
}

/** The delivery that brought an event of a directory outside. */
export interface ExternalDelivery {
  /** The same however often the delivery comes. */
  readonly id: string;
  /** As `toMoment` gives it. */
  readonly receivedAt: string;
}

/** What is remembered of an external id, also after its user is gone, so that a late event changes nothing. */
export interface ExternalLink {
  readonly externalId: string;
  /** When the newest event that was applied happened, as `toMoment` gives it. */
  readonly occurredAt: string;
  /** By which delivery that event came; absent of a deletion, and where its caller did not say. */
  readonly delivery?: ExternalDelivery;
  /** The user that the id stands for; absent once the directory deleted it. That user may be gone by other ways. */
  readonly userId?: string;
}
