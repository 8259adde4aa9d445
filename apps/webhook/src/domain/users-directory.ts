import type { UserEvent } from './user-event.ts';

/** What became of an event at the users API, or why it never can become anything. */
export type Application =
  | { readonly kind: 'applied'; readonly outcome: string }
  /** Refused for good: the same event will be refused again. `reason` is the users API's code. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Refused as things stand: another event may free what this one wants, such as an address. */
  | { readonly kind: 'blocked'; readonly reason: string };

/** The delivery that brought an event: of two changes of one moment, the one received last stands there. */
export interface EventSource {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly receivedAtMs: number;
}

/** Where user events take effect. */
export interface UsersDirectory {
  /**
   * Applies an event; applying it again, or late, changes nothing (docs/adr/0106).
   *
   * @throws {WebhookError} when it is not known whether it was applied, or no event can be applied now.
   */
  apply(event: UserEvent, delivery: EventSource): Promise<Application>;
}
