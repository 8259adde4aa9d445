import { hasDynamoDb } from '@gatehouse/clients/testing';
import { startUsersDatabase, type UsersDatabase } from '../testing/users-database.ts';
import { describeUsersStore } from '../testing/users-store-contract.ts';
import { createDynamoDbUsersStore } from './dynamodb-users-store.ts';

jest.setTimeout(30_000);

// The engine is an optional package: where it is missing this suite says that it was skipped.
(hasDynamoDb ? describe : describe.skip)('with the embedded engine', () => {
  let database: UsersDatabase;

  beforeAll(async () => {
    database = await startUsersDatabase();
  });
  afterAll(async () => database.stop());

  describeUsersStore('DynamoDB', async () =>
    createDynamoDbUsersStore({ documents: database.documents, tableName: await database.createUsersTable() }),
  );
});
