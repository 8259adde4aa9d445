import type { InvocationOutcome } from '../../lambda/function-invoker.ts';
import type { StreamRecord } from '../stream-record.ts';

/** Records with the sequence numbers 1 to `count`, created at 0. */
export function streamRecords(count: number): StreamRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    sequenceNumber: String(index + 1),
    createdAtMs: 0,
    event: { dynamodb: { SequenceNumber: String(index + 1) } },
    bytes: 100,
  }));
}

/** A handler's answer. */
export function succeeded(answer: unknown = null): InvocationOutcome {
  return { kind: 'success', requestId: 'r', payload: Buffer.from(JSON.stringify(answer)) };
}

/** A handler that threw. */
export const threw: InvocationOutcome = {
  kind: 'function-error',
  requestId: 'r',
  errorType: 'Error',
  errorMessage: 'no',
  payload: Buffer.from('{}'),
};

/** An answer that reports failed records by their sequence numbers. */
export function reported(...sequenceNumbers: readonly unknown[]): InvocationOutcome {
  return succeeded({ batchItemFailures: sequenceNumbers.map((itemIdentifier) => ({ itemIdentifier })) });
}
