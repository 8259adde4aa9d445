import type { Budget, Row } from './suite.ts';

/** The middle sample; the mean of the middle two when their number is even. Throws a RangeError on none. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('median of no samples');
  return (lower + upper) / 2;
}

/** A row whose median is computed from its samples. */
export function toRow(row: Omit<Row, 'median'>): Row {
  return { ...row, median: median(row.samples) };
}

/** The median of a row that has to be there: a budget on a missing measurement is an error, not a pass. */
export function medianOf(rows: readonly Row[], name: string, metric: string): number {
  return rowOf(rows, name, metric).median;
}

/**
 * The median of the ratios of each sample of one candidate to the other's that was taken beside it: a burst of other work, or a move of a thread to another core, falls on
 * both sides of a pair. Throws a RangeError where one has no other beside it.
 */
export function pairedRatioOf(
  rows: readonly Row[],
  metric: string,
  { of, to }: { readonly of: string; readonly to: string },
): number {
  const { samples } = rowOf(rows, of, metric);
  const beside = rowOf(rows, to, metric).samples;
  if (samples.length !== beside.length) throw new RangeError(`${of} and ${to} are not in pairs`);
  return median(samples.map((sample, index) => sample / (beside[index] ?? Number.NaN)));
}

function rowOf(rows: readonly Row[], name: string, metric: string): Row {
  const row = rows.find((candidate) => candidate.name === name && candidate.metric === metric);
  if (row === undefined) throw new RangeError(`no row ${name} / ${metric}`);
  return row;
}

/** A budget that holds while `value` is at most `limit`. NaN never holds. */
export function atMost(name: string, limit: number, value: number): Budget {
  return { name, limit, value, ok: value <= limit };
}

/** A budget that holds while `value` is at least `limit`. NaN never holds. */
export function atLeast(name: string, limit: number, value: number): Budget {
  return { name, limit, value, atLeast: true, ok: value >= limit };
}
