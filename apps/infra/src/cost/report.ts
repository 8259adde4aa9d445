import type { BreakEven } from './break-even.ts';
import type { MonthlyCost, Traffic } from './monthly-cost.ts';
import { PRICES } from './prices.ts';

export interface CostReport {
  readonly traffic: Traffic;
  readonly costs: readonly MonthlyCost[];
  readonly breakEvens: readonly BreakEven[];
}

/** The report for a machine, with where its prices come from. */
export function toJson(report: CostReport): string {
  const { region, readOn, httpApi, lambda, transfer } = PRICES;
  const prices = {
    region,
    readOn,
    currency: 'USD',
    sources: [httpApi.source, lambda.source, transfer.source],
  };
  return JSON.stringify({ ...report, prices }, undefined, 2);
}

/** The report for a person. */
export function toTable({ traffic, costs, breakEvens }: CostReport): string {
  const rows = [
    ['USD a month', 'requests', 'Lambda', 'transfer', 'cache', 'total'],
    ...costs.map(({ front, requests, lambda, transfer, cache, total }) => [
      front,
      ...[requests, lambda, transfer, cache, total].map(toUsd),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const { requests, ms, memoryMb, kb, cacheGb, hitRate } = traffic;
  return [
    `${count(requests)} requests a month of ${ms} ms at ${memoryMb} MB, ${kb} KB an answer; cache of ${cacheGb} GB that answers ${Math.round(hitRate * 100)} %`,
    '',
    ...lines,
    '',
    ...breakEvens.map(
      ({ front, over, requests: from }) =>
        `${front} costs no more than ${over} ${from === null ? 'at no traffic' : `from ${count(from)} requests a month on`}`,
    ),
    '',
    `List prices of ${PRICES.region}, read on ${PRICES.readOn}: ${PRICES.httpApi.source} ${PRICES.lambda.source} ${PRICES.transfer.source}`,
  ].join('\n');
}

function toUsd(usd: number): string {
  return usd.toFixed(2);
}

function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}
