import type { InvocationOutcome } from '../lambda/function-invoker.ts';
import { judgeOutcome } from './judge-outcome.ts';
import type { BatchVerdict } from './judge-outcome.ts';
import type { StreamRecord } from './stream-record.ts';

/** What an event source mapping says of failing batches. */
export interface BatchPolicy {
  readonly bisectsOnError: boolean;
  readonly reportsItemFailures: boolean;
  /** -1: until the records expire. */
  readonly maximumRetryAttempts: number;
  /** -1: no limit of its own; a stream keeps records for a day. */
  readonly maximumRecordAgeSeconds: number;
}

/** Records that are given up, and why. */
export interface GivenUpBatch {
  readonly records: readonly StreamRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** How often the function was called with them. */
  readonly invokeCount: number;
  /** The last invocation's, where there was one. */
  readonly requestId?: string;
}

export interface BatchDependencies {
  readonly invoke: (records: readonly StreamRecord[]) => Promise<InvocationOutcome>;
  readonly giveUp: (batch: GivenUpBatch) => void;
  /** Told of every invocation's verdict. */
  readonly observe?: (verdict: BatchVerdict, records: readonly StreamRecord[]) => void;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Resolves after so many milliseconds, or at once when the host ends. */
  readonly sleep: (delayMs: number) => Promise<void>;
  readonly stopped: () => boolean;
}

/** A part of the batch that still has to be handled. */
interface Part {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
  readonly invokeCount: number;
  readonly requestId?: string;
}

const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** A stream's retention. */
const retentionSeconds = 86_400;

/**
 * Sends a batch to its function until every record is handled or given up, in order. A failing batch is tried again as
 * a whole, from the first failed record on (item failures), or in halves (bisect; a split does not count as a retry).
 * The pauses between tries start at 0.1 s and double up to 5 s; Lambda's are longer.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export async function processBatch(
  records: readonly StreamRecord[],
  policy: BatchPolicy,
  deps: BatchDependencies,
): Promise<void> {
  const parts: Part[] = [{ records, failures: 0, invokeCount: 0 }];
  let delayMs = firstDelayMs;
  for (let part = parts.shift(); part !== undefined && !deps.stopped(); part = parts.shift()) {
    const fresh = withoutExpired(part, policy, deps);
    if (fresh === undefined) continue;
    const outcome = await deps.invoke(fresh.records);
    const verdict = judgeOutcome(outcome, fresh.records, policy.reportsItemFailures);
    deps.observe?.(verdict, fresh.records);
    if (verdict.kind === 'success') {
      delayMs = firstDelayMs;
      continue;
    }
    parts.unshift(...afterFailure({ part: fresh, outcome, verdict }, policy, deps));
    if (parts.length > 0) await deps.sleep(delayMs);
    delayMs = Math.min(delayMs * 2, longestDelayMs);
  }
}

/** Gives up the records that are too old; undefined when none is left. */
function withoutExpired(part: Part, policy: BatchPolicy, deps: BatchDependencies): Part | undefined {
  const maximumAgeMs =
    (policy.maximumRecordAgeSeconds === -1 ? retentionSeconds : policy.maximumRecordAgeSeconds) * 1000;
  const now = deps.clock();
  const expired = part.records.filter(({ createdAtMs }) => now - createdAtMs > maximumAgeMs);
  if (expired.length === 0) return part;
  deps.giveUp({ ...toGivenUp(part), records: expired, condition: 'RecordAgeExceeded' });
  const records = part.records.filter((record) => !expired.includes(record));
  return records.length === 0 ? undefined : { ...part, records };
}

interface FailedPart {
  readonly part: Part;
  readonly outcome: InvocationOutcome;
  readonly verdict: Exclude<BatchVerdict, { kind: 'success' }>;
}

/** What is left to do after a failure. */
function afterFailure(
  { part, outcome, verdict }: FailedPart,
  policy: BatchPolicy,
  deps: BatchDependencies,
): Part[] {
  if (verdict.kind === 'not-run') return [part];
  const tried: Part = {
    records: part.records.slice(verdict.firstFailed),
    failures: part.failures + 1,
    invokeCount: part.invokeCount + 1,
    ...('requestId' in outcome ? { requestId: outcome.requestId } : {}),
  };
  if (policy.bisectsOnError && part.records.length > 1) {
    // Neither kind of split counts as a retry: at the reported record, or in the middle.
    const split = { ...tried, failures: part.failures };
    if (verdict.firstFailed > 0) return [split];
    const middle = Math.ceil(tried.records.length / 2);
    return [
      { ...split, records: tried.records.slice(0, middle) },
      { ...split, records: tried.records.slice(middle) },
    ];
  }
  if (policy.maximumRetryAttempts !== -1 && tried.failures > policy.maximumRetryAttempts) {
    deps.giveUp({ ...toGivenUp(tried), condition: 'RetryAttemptsExhausted' });
    return [];
  }
  return [tried];
}

function toGivenUp({ records, invokeCount, requestId }: Part): Omit<GivenUpBatch, 'condition'> {
  return { records, invokeCount, ...(requestId === undefined ? {} : { requestId }) };
}
