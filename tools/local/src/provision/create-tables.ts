import { LocalError } from '../errors.ts';
import type { TableModel } from '../model/app-model.ts';
import { DynamoDbError } from './dynamodb-client.ts';
import type { DynamoDbClient } from './dynamodb-client.ts';

const api = 'DynamoDB_20120810';

/**
 * Makes the tables, side by side, each with its time to live. A table that is there already (another host's, on a
 * shared endpoint) stays as it is.
 *
 * @throws LocalError TABLE_CREATE_FAILED with the engine's own words.
 */
export async function createTables(client: DynamoDbClient, tables: readonly TableModel[]): Promise<void> {
  await Promise.all(tables.map((table) => createTable(client, table)));
}

async function createTable(client: DynamoDbClient, table: TableModel): Promise<void> {
  try {
    await client.call(`${api}.CreateTable`, table.definition);
  } catch (error) {
    if (error instanceof DynamoDbError && error.type === 'ResourceInUseException') return;
    throw failed(table, error);
  }
  if (table.ttlAttribute === undefined) return;
  try {
    await client.call(`${api}.UpdateTimeToLive`, {
      TableName: table.name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: table.ttlAttribute },
    });
  } catch (error) {
    throw failed(table, error);
  }
}

function failed(table: TableModel, cause: unknown): LocalError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LocalError('TABLE_CREATE_FAILED', `DynamoDB refused the table ${table.name}: ${reason}`, {
    cause,
    path: `${table.stack}/${table.logicalId}`,
  });
}
