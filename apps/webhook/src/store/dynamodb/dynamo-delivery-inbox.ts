import type { DynamoDocuments } from '@gatehouse/clients';
import type { DeliveryInbox } from '../delivery-inbox.ts';
import { toReceivedItem } from './delivery-item.ts';

export interface DynamoDeliveryInboxOptions {
  /** The receiver is permitted this one operation (`dynamodb:PutItem`). */
  readonly documents: Pick<DynamoDocuments, 'put'>;
  readonly tableName: string;
  readonly retentionSeconds: number;
}

/** The inbox on DynamoDB. */
export function createDynamoDeliveryInbox(options: DynamoDeliveryInboxOptions): DeliveryInbox {
  const { documents, tableName, retentionSeconds } = options;
  return {
    async claim(delivery) {
      try {
        await documents.put({
          TableName: tableName,
          Item: { ...toReceivedItem(delivery, retentionSeconds) },
          // An expired row may stand for days before it is removed: it is overwritten.
          ConditionExpression: 'attribute_not_exists(pk) OR expiresAt < :now',
          ExpressionAttributeValues: { ':now': Math.floor(delivery.receivedAtMs / 1000) },
        });
        return 'stored';
      } catch (error) {
        // A put whose answer was lost is not repeated here; the sender's next try finds its row.
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'duplicate';
        throw error;
      }
    },
  };
}
