import type { StoredDelivery } from '../model/delivery.ts';

/** Where the processor writes what became of a delivery. */
export interface DeliveryProgress {
  /**
   * Sets a delivery to `done`. A row that has changed since it was read (worked on already, replayed, or overwritten after
   * its expiry) is left alone.
   *
   * @param outcome one word, such as `created` or `ignored`.
   */
  complete(delivery: StoredDelivery, outcome: string): Promise<void>;
  /** Sets a delivery to `failed`, for a person to look at and to replay; likewise only as it was read. */
  fail(delivery: StoredDelivery, reason: string): Promise<void>;
  /**
   * Writes a delivery anew, still `received`, so that the stream brings it again behind all that came meanwhile; likewise only
   * as it was read.
   *
   * @param waitingSinceMs since when it waits, epoch milliseconds; the row keeps it.
   */
  defer(delivery: StoredDelivery, waitingSinceMs: number): Promise<void>;
}
