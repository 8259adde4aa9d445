import { monthlyCost, type PricedFront, type Traffic } from './monthly-cost.ts';

/** The traffic from which one front costs no more than another, the rest of the traffic being as given. */
export interface BreakEven {
  readonly front: PricedFront;
  readonly over: PricedFront;
  /** Requests a month, rounded up to thousands; null: never, up to ten billion. */
  readonly requests: number | null;
}

const MOST_REQUESTS = 10e9;
const PRECISION = 1000;

/**
 * Points at which the cheaper front changes. A function URL is never dearer than an HTTP API, nor that than a REST API:
 * the only thing that turns the order is the cache, whose fixed price is paid back by calls that it saves.
 */
export function breakEvens(traffic: Traffic): readonly BreakEven[] {
  const cached = 'REST API with cache';
  return (['REST API', 'HTTP API', 'function URL'] as const).map((over) => ({
    front: cached,
    over,
    requests: firstRequests((requests) => {
      const at = { ...traffic, requests };
      return monthlyCost(cached, at).total <= monthlyCost(over, at).total;
    }),
  }));
}

/** The difference grows with the requests within a tier, so that the first crossing is found by halving. */
function firstRequests(pays: (requests: number) => boolean): number | null {
  let low = 0;
  let high = PRECISION;
  while (!pays(high)) {
    if (high >= MOST_REQUESTS) return null;
    low = high;
    high *= 2;
  }
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (pays(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high / PRECISION) * PRECISION;
}
