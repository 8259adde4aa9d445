/** Keeps retries a small share of calls, so that clients do not double the load of a service that is down. */
export interface RetryBudget {
  /** Counts a first try. */
  deposit(origin: string): void;
  /** True when one more try may be made; it is then counted. */
  withdraw(origin: string): boolean;
}

/** What one call earns, and the most that is saved, which is also what there is at the start. */
const perCall = 0.08;
const most = 2;
const maxOrigins = 200;

/**
 * A budget for each origin: 8 tries more for 100 calls, and 2 that were saved. So an outage makes a service see at most 1.1
 * times its calls, from its hundredth call on and however well all went before, while a lone failure is still retried.
 */
export function createRetryBudget(): RetryBudget {
  const balances = new Map<string, number>();
  return {
    deposit(origin) {
      const balance = balances.get(origin) ?? most;
      if (balances.size >= maxOrigins && !balances.has(origin)) balances.clear();
      balances.set(origin, Math.min(most, balance + perCall));
    },
    withdraw(origin) {
      const balance = balances.get(origin) ?? most;
      if (balance < 1) return false;
      balances.set(origin, balance - 1);
      return true;
    },
  };
}
