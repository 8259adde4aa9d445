import type { StreamRecord } from './stream-record.ts';

/** How batches are cut. */
export interface BatchSize {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
}

/** What remains of Lambda's 6 MB for an event when its frame is written. */
const largestBatchBytes = 6 * 1024 * 1024 - 1024;

/**
 * Takes the next batch off the front of the records that wait, or nothing while the batching window is open.
 *
 * @param waitingSince epoch milliseconds at which the first of them came.
 */
export function takeBatch(
  waiting: StreamRecord[],
  { batchSize, batchingWindowSeconds }: BatchSize,
  { now, waitingSince }: { readonly now: number; readonly waitingSince: number },
): readonly StreamRecord[] {
  let bytes = 0;
  let count = 0;
  for (const record of waiting.slice(0, batchSize)) {
    if (count > 0 && bytes + record.bytes > largestBatchBytes) break;
    bytes += record.bytes + 1;
    count += 1;
  }
  const isFull = count === batchSize || count < waiting.length;
  const isDue = now - waitingSince >= batchingWindowSeconds * 1000;
  return isFull || isDue ? waiting.splice(0, count) : [];
}
