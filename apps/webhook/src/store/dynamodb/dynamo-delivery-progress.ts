import type { DynamoDocuments } from '@gatehouse/clients';
import type { StoredDelivery } from '../../model/delivery.ts';
import type { DeliveryProgress } from '../delivery-progress.ts';

export interface DynamoDeliveryProgressOptions {
  /** The processor is permitted this one operation (`dynamodb:UpdateItem`). */
  readonly documents: Pick<DynamoDocuments, 'update'>;
  readonly tableName: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The processor's part of the deliveries table. */
export function createDynamoDeliveryProgress(options: DynamoDeliveryProgressOptions): DeliveryProgress {
  const { documents, tableName, clock } = options;

  const update = async (
    { key, receivedAtMs, replays, deferrals }: StoredDelivery,
    expression: string,
    values: Record<string, unknown>,
  ): Promise<void> => {
    try {
      await documents.update({
        TableName: tableName,
        Key: { pk: key },
        UpdateExpression: expression,
        // The row as the stream gave it: not one that was replayed or deferred, or that a later delivery overwrote.
        ConditionExpression:
          '#state = :received AND receivedAt = :receivedAt AND replays = :replays AND ' +
          (deferrals === 0 ? 'attribute_not_exists(deferrals)' : 'deferrals = :deferrals'),
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':received': 'received',
          ':receivedAt': new Date(receivedAtMs).toISOString(),
          ':replays': replays,
          ...(deferrals !== 0 && { ':deferrals': deferrals }),
          ...values,
        },
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return;
      throw error;
    }
  };
  const now = (): string => new Date(clock()).toISOString();

  return {
    complete: (delivery, outcome) =>
      update(delivery, 'SET #state = :done, outcome = :outcome, doneAt = :now', {
        ':done': 'done',
        ':outcome': outcome,
        ':now': now(),
      }),
    fail: (delivery, reason) =>
      update(
        delivery,
        // failedProvider and failedAt are the keys of the index `failed`: only failed rows have them.
        'SET #state = :failed, reason = :reason, failedProvider = provider, failedAt = :now',
        { ':failed': 'failed', ':reason': reason, ':now': now() },
      ),
    defer: (delivery, waitingSinceMs) =>
      update(delivery, 'SET deferrals = :next, waitingSince = :since', {
        ':next': delivery.deferrals + 1,
        ':since': new Date(waitingSinceMs).toISOString(),
      }),
  };
}
