/** Price of a unit up to a monthly amount; the last tier has no end. */
export interface Tier {
  readonly upTo: number;
  readonly usd: number;
}

/**
 * List prices of us-east-1 in US dollars, without the free tier's first year. Other regions differ by up to some ten
 * percent, and prices change: `readOn` and `source` say what to compare with.
 */
export const PRICES = {
  region: 'us-east-1',
  readOn: '2026-11-22',
  httpApi: {
    source: 'https://aws.amazon.com/api-gateway/pricing/',
    /** A request is metered in increments of so many KB of its larger side. */
    incrementKb: 512,
    perRequest: [
      { upTo: 300e6, usd: 1.0e-6 },
      { upTo: Infinity, usd: 0.9e-6 },
    ],
  },
  restApi: {
    source: 'https://aws.amazon.com/api-gateway/pricing/',
    perRequest: [
      { upTo: 333e6, usd: 3.5e-6 },
      { upTo: 1e9, usd: 2.8e-6 },
      { upTo: 20e9, usd: 2.38e-6 },
      { upTo: Infinity, usd: 1.51e-6 },
    ],
    /** By size in GB. */
    cachePerHour: {
      0.5: 0.02,
      1.6: 0.038,
      6.1: 0.2,
      13.5: 0.25,
      28.4: 0.5,
      58.2: 1.0,
      118: 1.9,
      237: 3.8,
    },
  },
  lambda: {
    source: 'https://aws.amazon.com/lambda/pricing/',
    perRequest: [{ upTo: Infinity, usd: 0.2e-6 }],
    /** On arm64. */
    perGbSecond: [
      { upTo: 7.5e9, usd: 0.0000133334 },
      { upTo: 18.75e9, usd: 0.0000120001 },
      { upTo: Infinity, usd: 0.0000106667 },
    ],
  },
  transfer: {
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer',
    /** To the internet; the first 100 GB of an account's month are free. */
    perGb: [
      { upTo: 100, usd: 0 },
      { upTo: 10_340, usd: 0.09 },
      { upTo: 51_300, usd: 0.085 },
      { upTo: 153_700, usd: 0.07 },
      { upTo: Infinity, usd: 0.05 },
    ],
  },
} as const satisfies Record<string, unknown>;

export type CacheSizeGb = keyof typeof PRICES.restApi.cachePerHour;

/** What an amount costs when each part of it is paid by its tier. */
export function tieredCost(amount: number, tiers: readonly Tier[]): number {
  let from = 0;
  let usd = 0;
  for (const tier of tiers) {
    if (amount <= from) break;
    usd += (Math.min(amount, tier.upTo) - from) * tier.usd;
    from = tier.upTo;
  }
  return usd;
}
