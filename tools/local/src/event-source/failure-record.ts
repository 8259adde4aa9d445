import type { GivenUpBatch } from './process-batch.ts';

/** Where a batch came from. */
export interface BatchSource {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
}

/**
 * The message that a failure destination gets: metadata of the batch, not its records.
 *
 * @param now epoch milliseconds.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html#dynamodb-onfail
 */
export function failureRecord(
  batch: GivenUpBatch,
  { functionArn, streamArn, shardId }: BatchSource,
  now: number,
): Readonly<Record<string, unknown>> {
  const first = batch.records[0];
  const last = batch.records.at(-1);
  return {
    requestContext: {
      requestId: batch.requestId ?? '',
      functionArn,
      condition: batch.condition,
      approximateInvokeCount: batch.invokeCount,
    },
    responseContext:
      batch.requestId === undefined
        ? null
        : { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first?.createdAtMs),
      approximateArrivalOfLastRecord: arrival(last?.createdAtMs),
      batchSize: batch.records.length,
      streamArn,
    },
  };
}

function arrival(createdAtMs: number | undefined): string | undefined {
  return createdAtMs === undefined ? undefined : new Date(createdAtMs).toISOString();
}
