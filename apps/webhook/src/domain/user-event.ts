/** What a directory outside says about one of its users. */
export type UserEvent = UserChanged | UserDeleted;

export interface UserChanged {
  readonly kind: 'changed';
  /** The directory's id of the user. */
  readonly externalId: string;
  readonly email: string;
  readonly name: string;
  readonly locale?: string;
  /** `issuer#sub` of whoever will own the record. */
  readonly subject?: string;
  /** When it happened there, RFC 3339, as the directory wrote it; it decides which of two events is the newer one. */
  readonly occurredAt: string;
}

export interface UserDeleted {
  readonly kind: 'deleted';
  readonly externalId: string;
  readonly occurredAt: string;
}
