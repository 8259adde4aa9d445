import { dynamoDocumentClient } from '../sdk/sdk-clients.ts';
import {
  connectDynamoDb,
  hasDynamoDb,
  startDynamoDb,
  startTestServer,
  testAwsSettings,
  type TestDynamoDb,
} from '../testing/index.ts';
import type { DynamoDocuments } from './documents.ts';

const table = 'documents';
let engine: TestDynamoDb;

const implementations: [name: string, create: (endpoint: string) => DynamoDocuments][] = [
  ['one signed call', connectDynamoDb],
  ["the AWS SDK's document client", (endpoint) => dynamoDocumentClient({ endpoint, ...testAwsSettings })],
];

/** The engine is an optional package: where it is missing this suite says that it was skipped. */
const describeEach = hasDynamoDb ? describe.each(implementations) : describe.skip.each(implementations);

beforeAll(async () => {
  if (!hasDynamoDb) return;
  engine = await startDynamoDb();
  await engine.createTable({ name: table, keys: { pk: 'S', sk: 'N' } });
});
afterAll(async () => {
  if (hasDynamoDb) await engine.stop();
});

describeEach('DynamoDocuments by %s', (name, create) => {
  const pk = name;
  let documents: DynamoDocuments;
  beforeAll(() => {
    documents = create(engine.endpoint);
  });

  it('gives back every type of value as it was put', async () => {
    const item = {
      pk,
      sk: 1,
      text: 'ü "quoted"\n',
      empty: '',
      integer: -12,
      fraction: 0.1,
      large: 9007199254740993n,
      yes: true,
      nothing: null,
      bytes: new Uint8Array([0, 255, 10]),
      list: ['a', 1, { deep: [null] }],
      map: { a: { b: 1 } },
      words: new Set(['x', 'y']),
      numbers: new Set([1, 2]),
    };
    await documents.put({ TableName: table, Item: { ...item, absent: undefined } });
    const { Item } = await documents.get({ TableName: table, Key: { pk, sk: 1 }, ConsistentRead: true });
    expect({ ...Item, bytes: [...(Item?.['bytes'] as Uint8Array)] }).toEqual({
      ...item,
      bytes: [0, 255, 10],
    });
  });

  it('gives no item for a key that is not there', async () => {
    const output = await documents.get({ TableName: table, Key: { pk, sk: 404 } });
    expect(output.Item).toBeUndefined();
  });

  it('refuses a put whose condition fails, with the item that is there', async () => {
    await documents.put({ TableName: table, Item: { pk, sk: 2, v: 1 } });
    await expect(
      documents.put({
        TableName: table,
        Item: { pk, sk: 2, v: 2 },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });

  it('updates, and gives the new attributes', async () => {
    await documents.put({ TableName: table, Item: { pk, sk: 3, version: 1 } });
    const { Attributes } = await documents.update({
      TableName: table,
      Key: { pk, sk: 3 },
      UpdateExpression: 'SET #v = #v + :one',
      ConditionExpression: '#v = :seen',
      ExpressionAttributeNames: { '#v': 'version' },
      ExpressionAttributeValues: { ':one': 1, ':seen': 1 },
      ReturnValues: 'ALL_NEW',
    });
    expect(Attributes).toEqual({ pk, sk: 3, version: 2 });
  });

  it('deletes, and gives what was there', async () => {
    await documents.put({ TableName: table, Item: { pk, sk: 4, a: 1 } });
    const deleted = await documents.delete({ TableName: table, Key: { pk, sk: 4 }, ReturnValues: 'ALL_OLD' });
    expect(deleted.Attributes).toEqual({ pk, sk: 4, a: 1 });
  });

  it('pages through a query', async () => {
    for (let sk = 100; sk < 105; sk++)
      await documents.put({ TableName: table, Item: { pk: `${pk} page`, sk } });
    const seen: unknown[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await documents.query({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `${pk} page` },
        Limit: 2,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      seen.push(...(page.Items ?? []).map((item) => item['sk']));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    expect(seen).toEqual([100, 101, 102, 103, 104]);
  });

  it('writes all of a transaction, or none of it, and says why', async () => {
    const puts = [5, 6].map((sk) => ({
      Put: { TableName: table, Item: { pk, sk }, ConditionExpression: 'attribute_not_exists(pk)' },
    }));
    await documents.transactWrite({ TransactItems: puts });
    await expect(
      documents.transactWrite({
        TransactItems: [{ Put: { TableName: table, Item: { pk, sk: 7 } } }, ...puts.slice(1)],
      }),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    expect((await documents.get({ TableName: table, Key: { pk, sk: 7 } })).Item).toBeUndefined();
  });

  it('reads several items at once', async () => {
    await documents.put({ TableName: table, Item: { pk, sk: 8, n: 8 } });
    const { Responses } = await documents.batchGet({
      RequestItems: {
        [table]: {
          Keys: [
            { pk, sk: 8 },
            { pk, sk: 9_999 },
          ],
        },
      },
    });
    expect(Responses?.[table]).toEqual([{ pk, sk: 8, n: 8 }]);
  });

  it('names a table that is not there', async () => {
    await expect(documents.get({ TableName: 'no-such-table', Key: { pk, sk: 1 } })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('ends a call when its signal aborts: before, during and between tries', async () => {
    const silent = await startTestServer(() => undefined);
    const throttled = await startTestServer((response) =>
      response.writeHead(400).end('{"__type":"ThrottlingException"}'),
    );
    try {
      const call = async (endpoint: string, abortSignal: AbortSignal): Promise<string> => {
        const stalled = create(endpoint);
        const error = await stalled.get({ TableName: table, Key: { pk } }, { abortSignal }).then(
          () => ({ name: 'no error' }),
          (thrown: unknown) => thrown as { readonly name: string; readonly code?: string },
        );
        return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
      };
      const abort = expect.stringMatching(/^(CLIENTS_ABORTED|AbortError)$/) as string;
      expect(await call(silent.url, AbortSignal.abort())).toEqual(abort);
      expect(silent.seen).toHaveLength(0);
      const startedMs = performance.now();
      expect(await call(silent.url, AbortSignal.timeout(50))).toEqual(abort);
      expect(performance.now() - startedMs).toBeLessThan(1_000);
      // The service answers at once, so the signal mostly aborts a pause; a call may also be over before.
      for (let round = 0; round < 5; round++) {
        expect(await call(throttled.url, AbortSignal.timeout(5))).toMatch(
          /^(CLIENTS_ABORTED|AbortError|CLIENTS_AWS_REFUSED|ThrottlingException)$/,
        );
      }
    } finally {
      await silent.close();
      await throttled.close();
    }
  });
});
