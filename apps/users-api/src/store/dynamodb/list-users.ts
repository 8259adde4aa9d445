import type { DynamoDocuments, Item, QueryInput } from '@gatehouse/clients';
import type { ListedUsers, ListPage, StoreCall } from '../users-store.ts';
import { callOptions } from './call-options.ts';
import { mergeShards, type ShardPage } from './merge-shards.ts';
import { fromUserItem, LIST_INDEX, LIST_SHARDS, type UserItem } from './users-table.ts';

/** Sorts after every position: they are ASCII. */
const AFTER_ALL = '\uffff';

export interface ListReader {
  readonly documents: DynamoDocuments;
  readonly tableName: string;
}

/**
 * One page over all shards of the list index, in order of creation. Each shard is asked for its share and a little
 * more; one user beyond the page is read to know whether anything follows.
 */
export async function listUsers(
  { documents, tableName }: ListReader,
  { limit, order, after }: ListPage,
  { signal }: StoreCall = {},
): Promise<ListedUsers> {
  const ascending = order === 'asc';
  const wanted = limit + 1;
  const pageSize = Math.min(wanted, Math.ceil((wanted / LIST_SHARDS.length) * 1.5) + 2);

  const readPage = async (shard: string, from: unknown): Promise<ShardPage<UserItem>> => {
    const query = {
      TableName: tableName,
      IndexName: LIST_INDEX,
      KeyConditionExpression: `#shard = :shard AND sortKey ${ascending ? '>' : '<'} :after`,
      // SHARD is a reserved word.
      ExpressionAttributeNames: { '#shard': 'shard' },
      ExpressionAttributeValues: { ':shard': shard, ':after': after ?? (ascending ? ' ' : AFTER_ALL) },
      ScanIndexForward: ascending,
      Limit: pageSize,
      ...(from === undefined ? {} : { ExclusiveStartKey: from as Item }),
    } satisfies QueryInput;
    const answer = await documents.query(query, callOptions(signal));
    return { items: (answer.Items ?? []) as unknown[] as UserItem[], next: answer.LastEvaluatedKey };
  };

  const compare = (a: UserItem, b: UserItem): number => {
    const order = a.sortKey < b.sortKey ? -1 : 1;
    return ascending ? order : -order;
  };
  const items = await mergeShards({ shards: LIST_SHARDS, readPage, compare, count: wanted });
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return {
    users: page.map(fromUserItem),
    ...(items.length > limit && last !== undefined ? { next: last.sortKey } : {}),
  };
}
