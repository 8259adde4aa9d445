import type { DynamoDBDocument, ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DeliveryReplays, FailedDelivery, WaitingDelivery } from '../delivery-replays.ts';

export interface DynamoDeliveryReplaysOptions {
  readonly documents: Pick<DynamoDBDocument, 'scan' | 'get' | 'update'>;
  readonly tableName: string;
  /** A delivery that is set back is kept for so long from now, at least. */
  readonly retentionSeconds: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

type Item = Readonly<Record<string, unknown>>;

/** Replays on DynamoDB. Failed rows are read from the index `failed`, where nothing else stands; stuck ones from the table. */
export function createDynamoDeliveryReplays(options: DynamoDeliveryReplaysOptions): DeliveryReplays {
  const { documents, tableName, retentionSeconds, clock } = options;

  async function scan(input: Omit<ScanCommandInput, 'TableName'>): Promise<readonly Item[]> {
    const found: Item[] = [];
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.scan({ ...input, TableName: tableName, ExclusiveStartKey: startKey });
      found.push(...(page.Items ?? []));
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
    return found;
  }

  /** @param until the row's expiry from then on, in epoch seconds, on the condition that it is later; else it stays. */
  async function update(key: string, until?: number): Promise<boolean> {
    try {
      await documents.update({
        TableName: tableName,
        Key: { pk: key },
        UpdateExpression:
          'SET #state = :received, replays = replays + :one, waitingSince = :now' +
          (until === undefined ? '' : ', expiresAt = :until') +
          ' REMOVE reason, outcome, doneAt, failedAt, failedProvider, deferrals',
        ConditionExpression: until === undefined ? 'attribute_exists(pk)' : 'expiresAt < :until',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':received': 'received',
          ':one': 1,
          ':now': new Date(clock()).toISOString(),
          ...(until !== undefined && { ':until': until }),
        },
      });
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  return {
    async failedSince(since, provider) {
      const items = await scan({
        IndexName: 'failed',
        FilterExpression: `failedAt >= :since${provider === undefined ? '' : ' AND failedProvider = :provider'}`,
        ExpressionAttributeValues: {
          ':since': since.toISOString(),
          ...(provider !== undefined && { ':provider': provider }),
        },
      });
      return items.map(toFailed).sort((left, right) => left.failedAt.localeCompare(right.failedAt));
    },
    async stuckBetween({ from, to }, provider) {
      const items = await scan({
        ProjectionExpression: 'pk, receivedAt, waitingSince',
        FilterExpression: `#state = :received AND receivedAt <= :to${provider === undefined ? '' : ' AND provider = :provider'}`,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':received': 'received',
          ':to': to.toISOString(),
          ...(provider !== undefined && { ':provider': provider }),
        },
      });
      return items
        .map(toWaiting)
        .filter(({ waitingSince: at }) => at >= from.toISOString() && at <= to.toISOString())
        .sort((left, right) => left.waitingSince.localeCompare(right.waitingSince));
    },
    async has(key) {
      const { Item } = await documents.get({
        TableName: tableName,
        Key: { pk: key },
        ProjectionExpression: 'pk',
        ConsistentRead: true,
      });
      return Item !== undefined;
    },
    async setBack(key) {
      const until = Math.floor(clock() / 1000) + retentionSeconds;
      // What is kept for longer keeps its time: there is no greater-of-two in an update.
      return (await update(key, until)) || (await update(key)) ? 'replayed' : 'missing';
    },
  };
}

function toFailed(item: Item): FailedDelivery {
  return { key: String(item['pk']), reason: String(item['reason']), failedAt: String(item['failedAt']) };
}

function toWaiting({ pk, receivedAt, waitingSince = receivedAt }: Item): WaitingDelivery {
  return { key: String(pk), waitingSince: String(waitingSince) };
}
