import type { CancellationReason, DynamoDocuments, TransactWriteInput } from '@gatehouse/clients';
import { callOptions } from './call-options.ts';

type TransactItem = TransactWriteInput['TransactItems'][number];

/** One write of a transaction, and what its refused condition means. */
export interface TransactionStep {
  readonly write: TransactItem;
  readonly refused: () => Error;
}

export interface TransactionOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits before another attempt, unless the signal aborts; injected so that tests do not wait. */
  readonly pause: Pause;
}

/** Waits; rejects with an `AbortError` when the signal aborts. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Attempts at a transaction that meets another one on the same items. */
const ATTEMPTS = 4;

/**
 * All of the steps, or none. Throws what the first refused step says. A transaction that only met another one is
 * tried again, since the conditions decide as soon as that one is over; no client of DynamoDB does that by itself.
 *
 * The client names each call by a fresh `ClientRequestToken` and keeps it over its own retries, so that a transaction
 * whose answer was lost is done once (TransactWriteItems, "Idempotency": for ten minutes).
 */
export async function writeTransaction(
  documents: DynamoDocuments,
  steps: readonly TransactionStep[],
  { signal, pause }: TransactionOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await documents.transactWrite({ TransactItems: steps.map((step) => step.write) }, callOptions(signal));
      return;
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (reasons === undefined) {
        throw error;
      }
      const refused = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
      const step = steps[refused];
      if (step !== undefined) {
        throw step.refused();
      }
      if (attempt === ATTEMPTS || !reasons.some((reason) => reason.Code === 'TransactionConflict')) {
        throw transientCancellation(reasons, error);
      }
      await pause(20 * 2 ** attempt * (0.5 + Math.random() / 2), signal);
    }
  }
}

function cancellationReasons(error: unknown): readonly CancellationReason[] | undefined {
  const { name, CancellationReasons: reasons } = error as { name?: unknown; CancellationReasons?: unknown };
  return name === 'TransactionCanceledException' && Array.isArray(reasons)
    ? (reasons as CancellationReason[])
    : undefined;
}

/** Cancelled for conflict or throttling: named as what it is, so that `isPassingFailure` knows it. */
function transientCancellation(reasons: readonly CancellationReason[], cause: unknown): Error {
  const codes = reasons.map((reason) => reason.Code).filter((code) => code !== undefined && code !== 'None');
  const passing = codes.every(
    (code) =>
      code === 'TransactionConflict' ||
      code === 'ThrottlingError' ||
      code === 'ProvisionedThroughputExceeded',
  );
  const error = new Error(`Transaction cancelled: ${codes.join(', ')}`, { cause });
  error.name = passing ? 'ThrottlingError' : 'TransactionCanceledException';
  return error;
}
