import { isObject } from '../assembly/json.ts';
import type { InvocationOutcome } from '../lambda/function-invoker.ts';
import type { StreamRecord } from './stream-record.ts';

/** What became of a batch. */
export type BatchVerdict =
  | { readonly kind: 'success' }
  /** The batch never reached the function: it is sent again, and that does not count. */
  | { readonly kind: 'not-run'; readonly reason: string }
  /** `firstFailed` is the index of the first record that is to be retried; 0 is the whole batch. */
  | { readonly kind: 'failure'; readonly firstFailed: number; readonly reason: string };

/**
 * Judges an invocation as a stream's event source mapping does. With `reportsItemFailures` the answer's
 * `batchItemFailures` name the records that failed; the lowest of them is where the retry starts.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function judgeOutcome(
  outcome: InvocationOutcome,
  records: readonly StreamRecord[],
  reportsItemFailures: boolean,
): BatchVerdict {
  switch (outcome.kind) {
    case 'success':
      return reportsItemFailures ? judgeReport(outcome.payload, records) : { kind: 'success' };
    case 'throttled':
    case 'unavailable':
      return { kind: 'not-run', reason: outcome.reason };
    case 'function-error':
      return failure(`${outcome.errorType}: ${outcome.errorMessage}`);
    case 'timeout':
      return failure(`timed out after ${outcome.timeoutMs} ms`);
    default:
      return failure(outcome.kind);
  }
}

function judgeReport(payload: Uint8Array, records: readonly StreamRecord[]): BatchVerdict {
  const report = parse(payload);
  // An answer of null, {} or without failures is a success.
  if (report === null) return { kind: 'success' };
  if (!isObject(report)) return failure('the answer is not a report of item failures');
  const failures = report['batchItemFailures'] ?? [];
  if (!Array.isArray(failures)) return failure('batchItemFailures is not a list');
  if (failures.length === 0) return { kind: 'success' };
  const indexes = (failures as readonly unknown[]).map((item) => {
    const identifier = isObject(item) ? item['itemIdentifier'] : undefined;
    return records.findIndex(({ sequenceNumber }) => sequenceNumber === identifier);
  });
  // An identifier that is missing, empty or unknown fails the whole batch.
  if (indexes.includes(-1)) return failure('an itemIdentifier names no record of the batch');
  return {
    kind: 'failure',
    firstFailed: Math.min(...indexes),
    reason: `${failures.length} item failures reported`,
  };
}

function failure(reason: string): BatchVerdict {
  return { kind: 'failure', firstFailed: 0, reason };
}

function parse(payload: Uint8Array): unknown {
  const text = Buffer.from(payload).toString('utf8');
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
