/** A delivery that has failed. */
export interface FailedDelivery {
  readonly key: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly failedAt: string;
}

/** A delivery that is still `received`. */
export interface WaitingDelivery {
  readonly key: string;
  /** When it was stored or set back, ISO 8601, UTC. */
  readonly waitingSince: string;
}

/** Both moments are part of it. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Where deliveries are found that have to be worked on again. Used by a person at a terminal alone. */
export interface DeliveryReplays {
  /** Failed deliveries, the oldest first. */
  failedSince(since: Date, provider?: string): Promise<readonly FailedDelivery[]>;
  /**
   * Deliveries that began to wait in a period and wait still, the oldest first. It reads the whole table: an index of what waits
   * would cost every delivery two writes more, for a question that is asked when a stream has given up.
   */
  stuckBetween(period: Period, provider?: string): Promise<readonly WaitingDelivery[]>;
  /** True when there is such a row. */
  has(key: string): Promise<boolean>;
  /**
   * Sets a delivery back to `received`, whatever it was: its row goes through the stream again, and is kept for long enough.
   *
   * @returns `missing` when there is no such row (any more).
   */
  setBack(key: string): Promise<'replayed' | 'missing'>;
}
