import type { ReceivedDelivery } from '../model/delivery.ts';

/** Where the receiver puts what it has verified. */
export interface DeliveryInbox {
  /**
   * Stores a delivery unless it is there already: duplicate check and hand-over in one atomic write. A row that is past
   * its expiry counts as absent, since DynamoDB removes it only within days.
   *
   * @returns `duplicate` when a row of that key is there, in whatever state.
   * @throws when it is not known to be durable; the sender has to try again.
   */
  claim(delivery: ReceivedDelivery): Promise<'stored' | 'duplicate'>;
}
