import type { UserEvent } from './user-event.ts';

/** What became of an event at the users API, or why it never can become anything. */
export type Application =
  | { readonly kind: 'applied'; readonly outcome: string }
  /** Refused for good: the same event will be refused again. `reason` is the users API's code. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Where user events take effect. */
export interface UsersDirectory {
  /**
   * Applies an event; applying it again, or late, changes nothing (the newest `occurredAt` wins there).
   *
   * @throws when it is not known whether it was applied, or it may be applied later.
   */
  apply(event: UserEvent): Promise<Application>;
}
