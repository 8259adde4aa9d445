import { callsOfCode } from './calls-of-code.ts';

const ENTRY = 'apps/users-api/src/sample.ts';
const calls = (text: string) => callsOfCode(ENTRY, `import * as clients from '@gatehouse/clients';\n${text}`);

describe('the calls of code', () => {
  it('are those of its clients, whatever they are called and wherever they are passed', () => {
    const found = callsOfCode(
      ENTRY,
      `import { createRequestSigner, dynamoDocuments, secretStore as secrets } from '@gatehouse/clients';
      import type { DynamoDocuments, TransactWriteInput } from '@gatehouse/clients';
      const INDEX = 'by-name';
      const read = ({ store }: { store: Pick<DynamoDocuments, 'get' | 'query'> }) => [
        store.get({ TableName: 't', Key: {} }),
        store.query({ TableName: 't', KeyConditionExpression: '', IndexName: INDEX }),
      ];
      const steps: TransactWriteInput['TransactItems'] = [{ Delete: { TableName: 't', Key: {} } }];
      void read({ store: dynamoDocuments() });
      void dynamoDocuments().transactWrite({ TransactItems: steps });
      void secrets();
      createRequestSigner({ service: 'lambda' });
      // None of these goes to AWS.
      new Map<string, string>().delete('x');
      const form = { Put: { TableName: 't' } };`,
    );

    expect(found).toEqual([
      { action: 'dynamodb:GetItem' },
      { action: 'dynamodb:Query', index: 'by-name' },
      { action: 'dynamodb:DeleteItem' },
      { action: 'secretsmanager:GetSecretValue' },
      { action: 'lambda:InvokeFunctionUrl' },
      { action: 'lambda:InvokeFunction' },
    ]);
  });

  it.each([
    ['a client taken apart', `const { put } = clients.dynamoDocuments();`, 'takes a client apart'],
    ['a computed operation', `clients.dynamoDocuments()[process.argv[2] as 'get']({} as never);`, 'apart'],
    [
      'a computed index',
      `clients.dynamoDocuments().query({ TableName: '', KeyConditionExpression: '', IndexName: process.argv[2]! });`,
      'computes its index',
    ],
    [
      'a signature for another service',
      `clients.createRequestSigner({ service: 'execute-api' });`,
      'signs for what is not known',
    ],
    ['an SDK', `import { S3 } from '@aws-sdk/client-s3';`, '@aws-sdk/client-s3'],
  ])('are not guessed: %s is an error', (_what, text, message) => {
    expect(() => calls(text)).toThrow(message);
  });
});
