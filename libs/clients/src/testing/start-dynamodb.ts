import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cwd } from 'node:process';
import type { AwsCredentials } from '../config.ts';
import type { DynamoDocuments } from '../dynamodb/documents.ts';
import { dynamoDocuments } from '../dynamodb/signed-documents.ts';
import { freePort } from './free-port.ts';

/** Settings of a client of the engine, which checks no signature. */
export const testAwsSettings: { readonly region: string; readonly credentials: AwsCredentials } = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
};

/** Attributes of a table's keys by name: text (`S`), a number (`N`). */
export type KeyAttributes = Readonly<Record<string, 'N' | 'S'>>;

/** A table to make, billed by request, with indexes of all attributes. */
export interface TestTable {
  readonly name: string;
  /** Partition key, then sort key if there is one. */
  readonly keys: KeyAttributes;
  /** Keys of each global secondary index, by its name. */
  readonly indexes?: Readonly<Record<string, KeyAttributes>>;
}

/** A DynamoDB-compatible engine of one's own. */
export interface TestDynamoDb {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** The functions' own client of it. */
  readonly documents: DynamoDocuments;
  createTable(table: TestTable): Promise<void>;
  /** Ends the engine; nothing is left running. */
  stop(): Promise<void>;
}

const binary = findEngine();

/** True where the embedded engine is installed: it is an optional package of each platform. */
export const hasDynamoDb = binary !== undefined;

/** The functions' own client of what stands at `endpoint`: an engine, or a proxy before one. */
export function connectDynamoDb(endpoint: string): DynamoDocuments {
  const { region, credentials } = testAwsSettings;
  return dynamoDocuments({ endpoint, region, credentials: () => Promise.resolve(credentials) });
}

/**
 * Starts the embedded engine in memory on a free port of 127.0.0.1.
 * @throws {Error} where it is not installed (`hasDynamoDb`).
 */
export async function startDynamoDb(): Promise<TestDynamoDb> {
  if (binary === undefined) throw new Error('the embedded DynamoDB engine is not installed');
  const port = await freePort();
  const engine = spawn(binary, ['--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(engine, 'exit');
  // The line that says where it listens goes to stderr.
  await Promise.race([once(engine.stderr, 'data'), exited]);
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    documents: connectDynamoDb(endpoint),
    createTable: (table) => createTable(endpoint, table),
    async stop() {
      engine.kill();
      await exited;
    },
  };
}

/** The one call of the control plane, which the functions' client does not have. */
async function createTable(endpoint: string, { name, keys, indexes = {} }: TestTable): Promise<void> {
  const attributes = Object.assign({}, keys, ...Object.values(indexes)) as KeyAttributes;
  const globalIndexes = Object.entries(indexes).map(([IndexName, indexKeys]) => ({
    IndexName,
    KeySchema: toKeySchema(indexKeys),
    Projection: { ProjectionType: 'ALL' },
  }));
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.CreateTable',
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      KeySchema: toKeySchema(keys),
      ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes }),
    }),
  });
  if (!answer.ok) throw new Error(`CreateTable answered ${answer.status}: ${await answer.text()}`);
}

function toKeySchema(keys: KeyAttributes): object[] {
  return Object.keys(keys).map((AttributeName, index) => ({
    AttributeName,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}

function findEngine(): string | undefined {
  const { platform, arch } = process;
  try {
    const manifest = createRequire(join(cwd(), 'package.json')).resolve(
      `@dynoxide/${platform}-${arch}/package.json`,
    );
    return join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    return undefined;
  }
}
