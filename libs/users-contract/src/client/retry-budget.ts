/** What one call earns, and the most that is saved, which is also what there is at the start. */
const PER_CALL = 0.08;
const MOST = 2;

/** Keeps tries after the first a small share of calls. */
export interface RetryBudget {
  /** Counts a call. */
  deposit(): void;
  /** True when one more try may be made; it is then counted. */
  withdraw(): boolean;
}

/**
 * 8 tries more for 100 calls, and 2 that were saved: an API that is down sees at most 1.1 times the calls of a client, from
 * its hundredth call on, while a lone failure is still repeated.
 */
export function createRetryBudget(): RetryBudget {
  let balance = MOST;
  return {
    deposit: () => {
      balance = Math.min(MOST, balance + PER_CALL);
    },
    withdraw: () => {
      if (balance < 1) {
        return false;
      }
      balance -= 1;
      return true;
    },
  };
}
