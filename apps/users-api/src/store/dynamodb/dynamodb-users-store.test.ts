import { hasDynoxide, startDynoxide, type TestDatabase } from '../testing/dynoxide.ts';
import { describeUsersStore } from '../testing/users-store-contract.ts';
import { createDynamoDbUsersStore } from './dynamodb-users-store.ts';

jest.setTimeout(30_000);

// The engine is an optional package: where it is missing this suite says that it was skipped.
(hasDynoxide ? describe : describe.skip)('with the embedded engine', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startDynoxide();
  });
  afterAll(async () => database.close());

  describeUsersStore('DynamoDB', async () =>
    createDynamoDbUsersStore({ documents: database.documents, tableName: await database.createUsersTable() }),
  );
});
