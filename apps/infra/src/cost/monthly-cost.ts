import { type CacheSizeGb, PRICES, tieredCost } from './prices.ts';

/** A month's traffic. */
export interface Traffic {
  readonly requests: number;
  /** What the function takes for a request, billed by the millisecond. */
  readonly ms: number;
  readonly memoryMb: number;
  /** Size of an answer. */
  readonly kb: number;
  readonly cacheGb: CacheSizeGb;
  /** Share of requests that the REST API's cache answers, 0 to 1. */
  readonly hitRate: number;
}

export const FRONTS = ['function URL', 'HTTP API', 'REST API', 'REST API with cache'] as const;
export type PricedFront = (typeof FRONTS)[number];

/** A month in US dollars, by what is paid for. */
export interface MonthlyCost {
  readonly front: PricedFront;
  /** To the front; a function URL has no price of its own. */
  readonly requests: number;
  readonly lambda: number;
  readonly transfer: number;
  readonly cache: number;
  readonly total: number;
}

const HOURS_A_MONTH = 730;
const KB_A_GB = 1024 * 1024;

/** What the same traffic costs behind each front. */
export function monthlyCosts(traffic: Traffic): readonly MonthlyCost[] {
  return FRONTS.map((front) => monthlyCost(front, traffic));
}

export function monthlyCost(front: PricedFront, traffic: Traffic): MonthlyCost {
  const cached = front === 'REST API with cache';
  const requests = frontCost(front, traffic);
  const lambda = lambdaCost(traffic, cached ? 1 - traffic.hitRate : 1);
  const transfer = tieredCost((traffic.requests * traffic.kb) / KB_A_GB, PRICES.transfer.perGb);
  const cache = cached ? PRICES.restApi.cachePerHour[traffic.cacheGb] * HOURS_A_MONTH : 0;
  return { front, requests, lambda, transfer, cache, total: requests + lambda + transfer + cache };
}

function frontCost(front: PricedFront, { requests, kb }: Traffic): number {
  switch (front) {
    case 'function URL':
      return 0;
    case 'HTTP API':
      return tieredCost(
        requests * Math.max(1, Math.ceil(kb / PRICES.httpApi.incrementKb)),
        PRICES.httpApi.perRequest,
      );
    case 'REST API':
    case 'REST API with cache':
      return tieredCost(requests, PRICES.restApi.perRequest);
  }
}

/** @param share of the requests that reaches the function. */
function lambdaCost({ requests, ms, memoryMb }: Traffic, share: number): number {
  const calls = requests * share;
  const gbSeconds = (calls * Math.ceil(ms) * memoryMb) / 1000 / 1024;
  return tieredCost(calls, PRICES.lambda.perRequest) + tieredCost(gbSeconds, PRICES.lambda.perGbSecond);
}
