import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { DeliveryReplays, FailedDelivery } from '../delivery-replays.ts';

export interface DynamoDeliveryReplaysOptions {
  readonly documents: Pick<DynamoDBDocument, 'scan' | 'update'>;
  readonly tableName: string;
  /** A delivery that is set back is kept for so long from now. */
  readonly retentionSeconds: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Replays on DynamoDB. Its scan reads the index `failed` alone, where nothing but failed rows stand. */
export function createDynamoDeliveryReplays(options: DynamoDeliveryReplaysOptions): DeliveryReplays {
  const { documents, tableName, retentionSeconds, clock } = options;
  return {
    async failedSince(since, provider) {
      const found: FailedDelivery[] = [];
      let startKey: Record<string, unknown> | undefined;
      do {
        const page = await documents.scan({
          TableName: tableName,
          IndexName: 'failed',
          FilterExpression:
            provider === undefined
              ? 'failedAt >= :since'
              : 'failedAt >= :since AND failedProvider = :provider',
          ExpressionAttributeValues: {
            ':since': since.toISOString(),
            ...(provider !== undefined && { ':provider': provider }),
          },
          ExclusiveStartKey: startKey,
        });
        for (const item of page.Items ?? []) found.push(toFailedDelivery(item));
        startKey = page.LastEvaluatedKey;
      } while (startKey !== undefined);
      return found.sort((left, right) => left.failedAt.localeCompare(right.failedAt));
    },
    async setBack(key) {
      try {
        await documents.update({
          TableName: tableName,
          Key: { pk: key },
          UpdateExpression:
            'SET #state = :received, replays = replays + :one, expiresAt = :expiresAt, waitingSince = :now ' +
            'REMOVE reason, outcome, doneAt, failedAt, failedProvider, deferrals',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':received': 'received',
            ':one': 1,
            ':now': new Date(clock()).toISOString(),
            ':expiresAt': Math.floor(clock() / 1000) + retentionSeconds,
          },
        });
        return 'replayed';
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'missing';
        throw error;
      }
    },
  };
}

function toFailedDelivery(item: Readonly<Record<string, unknown>>): FailedDelivery {
  return { key: String(item['pk']), reason: String(item['reason']), failedAt: String(item['failedAt']) };
}
