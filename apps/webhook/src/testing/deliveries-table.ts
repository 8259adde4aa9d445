import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { DynamoDocuments } from '@gatehouse/clients';
import { hasDynamoDb, startDynamoDb, testAwsSettings } from '@gatehouse/clients/testing';

/** True where the embedded engine is installed: it is an optional package of this platform. */
export const hasEngine = hasDynamoDb;

/** A deliveries table, as infra lays it out, in an engine of its own. */
export interface DeliveriesTable {
  readonly name: string;
  /** The functions' client. */
  readonly documents: DynamoDocuments;
  /** The SDK's, which replays use. */
  readonly sdk: DynamoDBDocument;
  /** Ends the engine and the clients; nothing is left running. */
  readonly close: () => Promise<void>;
}

/** Starts the engine in memory on a free port of the loopback, with one empty table. */
export async function startDeliveriesTable(): Promise<DeliveriesTable> {
  const engine = await startDynamoDb();
  const name = 'deliveries';
  await engine.createTable({
    name,
    keys: { pk: 'S' },
    indexes: { failed: { failedProvider: 'S', failedAt: 'S' } },
  });
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...testAwsSettings });
  return {
    name,
    documents: engine.documents,
    sdk: DynamoDBDocument.from(client),
    close: async () => {
      client.destroy();
      await engine.stop();
    },
  };
}
