import type { DeliveryInbox } from '../delivery-inbox.ts';
import { toReceivedItem } from './delivery-item.ts';

/** The one operation that the receiver is permitted (least privilege: `dynamodb:PutItem`). */
export interface PutDocument {
  put(input: {
    readonly TableName: string;
    readonly Item: Record<string, unknown>;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Record<string, unknown>;
  }): Promise<unknown>;
}

export interface DynamoDeliveryInboxOptions {
  readonly documents: PutDocument;
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
        // Also when the SDK has repeated a put whose first answer was lost: the row is there either way.
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'duplicate';
        throw error;
      }
    },
  };
}
