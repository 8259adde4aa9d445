import { parseCostArguments } from '../cli/cost-arguments.ts';
import { refusalOf } from '../testing/refusal.ts';
import { breakEvens } from './break-even.ts';
import { monthlyCosts, type Traffic } from './monthly-cost.ts';
import { tieredCost } from './prices.ts';
import { toJson, toTable } from './report.ts';

const traffic: Traffic = { requests: 10e6, ms: 40, memoryMb: 256, kb: 4, cacheGb: 0.5, hitRate: 0.5 };

describe('tieredCost', () => {
  it.each([
    [0, 0],
    [5, 10],
    [10, 20],
    [15, 25],
  ])('of %i units is %i', (amount, usd) => {
    const tiers = [
      { upTo: 10, usd: 2 },
      { upTo: Infinity, usd: 1 },
    ];

    expect(tieredCost(amount, tiers)).toBe(usd);
  });
});

describe('ten million requests of 40 ms at 256 MB', () => {
  // By hand: 10M x $0.20/M = 2.00; 10M x 0.04 s x 0.25 GB = 100,000 GB-s x $0.0000133334 = 1.33.
  it.each([
    ['function URL', 0, 3.33, 0],
    ['HTTP API', 10, 3.33, 0],
    ['REST API', 35, 3.33, 0],
    ['REST API with cache', 35, 1.67, 14.6],
  ])('cost by %s %d for requests, %d for Lambda, %d for the cache', (front, requests, lambda, cache) => {
    const cost = monthlyCosts(traffic).find((row) => row.front === front);

    expect(cost?.requests).toBeCloseTo(requests, 2);
    expect(cost?.lambda).toBeCloseTo(lambda, 2);
    expect(cost?.cache).toBeCloseTo(cache, 2);
    expect(cost?.total).toBeCloseTo(requests + lambda + cache, 1);
  });

  it('cost an HTTP API a second request for each 512 KB', () => {
    const [, http] = monthlyCosts({ ...traffic, kb: 513 });

    expect(http?.requests).toBeCloseTo(20, 5);
  });
});

describe('break-even points', () => {
  it('name the traffic that pays the cache back', () => {
    // 14.60 a month / (0.5 x $0.33333e-6 x ...): half of $3.333 a 10M is saved, so 87.6M requests.
    expect(breakEvens(traffic)[0]).toEqual({
      front: 'REST API with cache',
      over: 'REST API',
      requests: 87_600_000,
    });
  });

  it('say never where the front is dearer by the request than all that it saves', () => {
    expect(breakEvens(traffic)[1]?.requests).toBeNull();
  });

  it('find the cache cheaper than an HTTP API where a call is dear and most are saved', () => {
    const heavy = { ...traffic, ms: 500, memoryMb: 1024, hitRate: 0.9 };

    expect(breakEvens(heavy)[1]?.requests).toBeLessThan(10e6);
  });
});

describe('the report', () => {
  const report = { traffic, costs: monthlyCosts(traffic), breakEvens: breakEvens(traffic) };

  it('is a table with the date and the source of its prices', () => {
    expect(toTable(report)).toMatch(/HTTP API +10\.00 +3\.33 +0\.00 +0\.00 +13\.33/);
    expect(toTable(report)).toMatch(/read on \d{4}-\d\d-\d\d: https:/);
  });

  it('is JSON with the same', () => {
    expect(JSON.parse(toJson(report))).toMatchObject({
      traffic,
      prices: { currency: 'USD', region: 'us-east-1' },
    });
  });
});

describe('its arguments', () => {
  it('take 10e6 for ten million', () => {
    expect(parseCostArguments(['--requests', '10e6', '--kb', '2'])).toEqual({
      json: false,
      traffic: { ...traffic, kb: 2 },
    });
  });

  it.each([
    [['--requests', 'many'], '--requests many'],
    [['--hit-rate', '2'], '--hit-rate 2'],
    [['--cache', '3'], '--cache 3'],
    [['--speed', '1'], '--speed 1'],
  ])('%j are refused', (args, at) => {
    expect(refusalOf(() => parseCostArguments(args))).toMatchObject({
      code: 'INFRA_ARGUMENT_INVALID',
      problems: [{ at }],
    });
  });
});
