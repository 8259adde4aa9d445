import { isList, isObject } from '../assembly/json.ts';
import type { Json, JsonObject } from '../assembly/json.ts';
import type { DynamoDbClient } from '../provision/dynamodb-client.ts';

/** Where reading a shard starts or goes on. */
export type ShardPosition =
  | { readonly type: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly type: 'AFTER_SEQUENCE_NUMBER'; readonly sequenceNumber: string };

/** Reads a table's stream. What it cannot reach or the engine refuses is thrown as the client throws it. */
export interface StreamClient {
  /** The engine's own ARN of a table's stream; undefined when the table has none. */
  streamOf(tableName: string): Promise<string | undefined>;
  shardsOf(streamArn: string): Promise<readonly string[]>;
  iteratorOf(streamArn: string, shardId: string, position: ShardPosition): Promise<string>;
  /** `next` is absent when the shard has ended. */
  recordsAt(iterator: string): Promise<{ readonly records: readonly JsonObject[]; readonly next?: string }>;
}

const tables = 'DynamoDB_20120810';
const streams = 'DynamoDBStreams_20120810';
/** GetRecords gives at most a thousand. */
const pageLimit = 1000;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html */
export function createStreamClient(client: DynamoDbClient): StreamClient {
  const call = async (target: string, input: JsonObject): Promise<JsonObject> => {
    const answer = await client.call(target, input);
    return isObject(answer) ? answer : {};
  };
  return {
    async streamOf(tableName) {
      const answer = await call(`${tables}.DescribeTable`, { TableName: tableName });
      return textOf(objectOf(answer['Table'])['LatestStreamArn']);
    },
    async shardsOf(streamArn) {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const answer = await call(`${streams}.DescribeStream`, {
          StreamArn: streamArn,
          ...(after === undefined ? {} : { ExclusiveStartShardId: after }),
        });
        const description = objectOf(answer['StreamDescription']);
        ids.push(...objectsOf(description['Shards']).flatMap((shard) => textOf(shard['ShardId']) ?? []));
        after = textOf(description['LastEvaluatedShardId']);
      } while (after !== undefined);
      return ids;
    },
    async iteratorOf(streamArn, shardId, position) {
      const answer = await call(`${streams}.GetShardIterator`, {
        StreamArn: streamArn,
        ShardId: shardId,
        ShardIteratorType: position.type,
        ...(position.type === 'AFTER_SEQUENCE_NUMBER' ? { SequenceNumber: position.sequenceNumber } : {}),
      });
      return textOf(answer['ShardIterator']) ?? '';
    },
    async recordsAt(iterator) {
      const answer = await call(`${streams}.GetRecords`, { ShardIterator: iterator, Limit: pageLimit });
      const next = textOf(answer['NextShardIterator']);
      return { records: objectsOf(answer['Records']), ...(next === undefined ? {} : { next }) };
    },
  };
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter((element) => isObject(element)) : [];
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
