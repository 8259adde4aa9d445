import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { dynamoDocuments, type DynamoDocuments } from '@gatehouse/clients';

const ENGINE = resolve(__dirname, '../../../../node_modules/@dynoxide/linux-x64/dynoxide');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** True where the embedded engine is installed: it is an optional package of this platform. */
export const hasEngine = existsSync(ENGINE);

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
  const port = await freePort();
  const child = spawn(ENGINE, ['--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  // The line that says where it listens goes to stderr.
  await Promise.race([once(child.stderr, 'data'), exited]);
  const endpoint = `http://127.0.0.1:${port}`;
  const control = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  const name = 'deliveries';
  await control.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'failedProvider', 'failedAt'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'failed',
          KeySchema: [
            { AttributeName: 'failedProvider', KeyType: 'HASH' },
            { AttributeName: 'failedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return {
    name,
    documents: dynamoDocuments({
      endpoint,
      region: 'eu-west-1',
      credentials: () => Promise.resolve(credentials),
    }),
    sdk: DynamoDBDocument.from(control),
    close: async () => {
      control.destroy();
      child.kill();
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
