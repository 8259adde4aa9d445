import { UsersError } from '../model/errors.ts';
import { toMoment } from '../model/moment.ts';
import type { ExternalDelivery, ExternalLink } from '../model/user.ts';

/** How far an event's time may be ahead of the clock: clocks and time zones go wrong by less, and a typing error by more. */
const MAX_AHEAD_MS = 24 * 60 * 60 * 1000;

/** What decides which of two events of one external id stands. */
export interface EventPlace {
  /** As `toMoment` gives it. */
  readonly occurredAt: string;
  readonly kind: 'change' | 'deletion';
  /** Of a change, where its caller has named it. */
  readonly delivery?: ExternalDelivery;
}

/**
 * The moment of an event.
 *
 * @param occurredAt RFC 3339 with an offset.
 * @throws {UsersError} `USERS_EVENT_AHEAD`: everything up to that time would be superseded.
 */
export function momentOfEvent(occurredAt: string, nowMs: number): string {
  if (Date.parse(occurredAt) > nowMs + MAX_AHEAD_MS) {
    throw new UsersError('USERS_EVENT_AHEAD', 'The event is more than 24 hours ahead of time.');
  }
  return toMoment(occurredAt);
}

/**
 * True when the event comes after the one that was applied last. By time; at one moment a deletion after any change, and of two
 * changes the one whose delivery was received last (then, whose id is greater), so that the same event stands in
 * whatever order they are applied. The same delivery is never after itself, nor is a change that has none.
 */
export function isAfter(event: EventPlace, last: ExternalLink | undefined): boolean {
  if (last === undefined) {
    return true;
  }
  if (event.occurredAt !== last.occurredAt) {
    return event.occurredAt > last.occurredAt;
  }
  const isLastDeletion = last.userId === undefined;
  return !isLastDeletion && (event.kind === 'deletion' || isReceivedAfter(event.delivery, last.delivery));
}

function isReceivedAfter(
  delivery: ExternalDelivery | undefined,
  last: ExternalDelivery | undefined,
): boolean {
  if (delivery === undefined || delivery.id === last?.id) {
    return false;
  }
  if (last === undefined) {
    return true;
  }
  return delivery.receivedAt === last.receivedAt
    ? delivery.id > last.id
    : delivery.receivedAt > last.receivedAt;
}
