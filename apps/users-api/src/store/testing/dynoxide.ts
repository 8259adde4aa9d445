import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { dynamoDocuments, type DynamoDocuments } from '@gatehouse/clients';

const engine = path.resolve(__dirname, '../../../../../node_modules/@dynoxide/linux-x64/dynoxide');

/** True where the embedded engine is installed: it is an optional package of this platform. */
export const hasDynoxide = existsSync(engine);

export interface TestDatabase {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly documents: DynamoDocuments;
  /** Makes an empty users table and answers its name. */
  createUsersTable(): Promise<string>;
  /** Ends the engine. */
  close(): Promise<void>;
}

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The functions' own client of what stands at `endpoint`, with credentials that mean nothing. */
export function connect(endpoint: string): DynamoDocuments {
  return dynamoDocuments({ endpoint, region: 'eu-west-1', credentials: async () => credentials });
}

/** Starts the engine in memory on a free port of the loopback. */
export async function startDynoxide(): Promise<TestDatabase> {
  const port = await freePort();
  const child = spawn(engine, ['--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  // The line that says where it listens goes to stderr.
  const exited = once(child, 'exit');
  await Promise.race([once(child.stderr, 'data'), exited]);
  const endpoint = `http://127.0.0.1:${port}`;
  let tables = 0;
  return {
    endpoint,
    documents: connect(endpoint),
    createUsersTable: async () => {
      tables += 1;
      const name = `users-${tables}`;
      await createTable(endpoint, usersTable(name));
      return name;
    },
    close: async () => {
      child.kill();
      await exited;
    },
  };
}

/** The users table as infra lays it out. */
function usersTable(name: string): object {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'shard', AttributeType: 'S' },
      { AttributeName: 'sortKey', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-shard',
        KeySchema: [
          { AttributeName: 'shard', KeyType: 'HASH' },
          { AttributeName: 'sortKey', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}

/** The one call of the control plane, which the functions' client does not have; the engine checks no signature. */
async function createTable(endpoint: string, table: object): Promise<void> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.CreateTable',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(table),
  });
  if (!answer.ok) {
    throw new Error(`CreateTable answered ${answer.status}: ${await answer.text()}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
