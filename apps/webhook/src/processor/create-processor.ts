import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Invocation } from '@gatehouse/observability';
import type { Context } from 'aws-lambda';
import { WebhookError } from '../errors.ts';
import { processDelivery, type ProcessorDependencies } from './process-delivery.ts';
import { readRecord, type StreamRecord } from './read-record.ts';

/** A batch of the deliveries table's stream. */
export interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

/** What the event source mapping is told (`ReportBatchItemFailures`): it tries again from the first of these. */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** Takes a batch; the third parameter is this invocation's telemetry. */
export type Processor = (
  event: StreamEvent,
  context: Context,
  invocation: Invocation,
) => Promise<BatchResponse>;

/**
 * Makes the handler of the deliveries' stream. Records are worked on one after the other, in the order of the stream; those that
 * fail are reported and come again, and whatever stands behind them comes again too, which is harmless.
 */
export function createProcessor(dependencies: ProcessorDependencies): Processor {
  return async (event, context, invocation) => {
    const batch = new BatchProcessor(EventType.DynamoDBStreams);
    // Its own logger would print whole records, with what senders wrote.
    const options = { context, processInParallel: false, throwOnFullBatchFailure: false } as const;
    const records = [...event.Records] as unknown as Parameters<typeof processPartialResponse>[0]['Records'];
    return processPartialResponse(
      { Records: records },
      async (record: StreamRecord) => processRecord(record, dependencies, invocation),
      batch,
      options,
    );
  };
}

async function processRecord(
  record: StreamRecord,
  dependencies: ProcessorDependencies,
  invocation: Invocation,
): Promise<void> {
  const { log } = invocation;
  try {
    const handedOver = readRecord(record);
    if (handedOver === undefined) return;
    invocation.describe({ deliveryId: handedOver.delivery.key });
    const processed = await processDelivery(handedOver, dependencies, log);
    invocation.count(METRICS[processed]);
  } catch (error) {
    // A row that this app did not write stays as it is, and holds up nothing.
    if (error instanceof WebhookError && error.code === 'WEBHOOK_ROW_INVALID') {
      log.error(error.message, { eventId: record.eventID });
      invocation.count('RowsInvalid');
      return;
    }
    log.warn('The delivery will be tried again', { eventId: record.eventID, error });
    invocation.count('DeliveriesRetried');
    throw error;
  }
}

const METRICS = {
  done: 'DeliveriesApplied',
  failed: 'DeliveriesFailed',
  ignored: 'DeliveriesIgnored',
  deferred: 'DeliveriesDeferred',
} as const;
