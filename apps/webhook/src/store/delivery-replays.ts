/** A delivery that has failed. */
export interface FailedDelivery {
  readonly key: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly failedAt: string;
}

/** Where deliveries are found that have to be worked on again. Used by a person at a terminal alone. */
export interface DeliveryReplays {
  /** Failed deliveries, the oldest first. */
  failedSince(since: Date, provider?: string): Promise<readonly FailedDelivery[]>;
  /**
   * Sets a delivery back to `received`, whatever it was: its row goes through the stream again.
   *
   * @returns `missing` when there is no such row (any more).
   */
  setBack(key: string): Promise<'replayed' | 'missing'>;
}
