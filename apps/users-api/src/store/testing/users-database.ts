import { startDynamoDb, type TestDynamoDb } from '@gatehouse/clients/testing';

/** An engine of its own, for tables of users. */
export interface UsersDatabase extends TestDynamoDb {
  /** Makes an empty users table, as infra lays it out, and answers its name. */
  createUsersTable(): Promise<string>;
}

/** Starts the embedded engine; `hasDynamoDb` of @gatehouse/clients/testing says whether it is installed. */
export async function startUsersDatabase(): Promise<UsersDatabase> {
  const engine = await startDynamoDb();
  let tables = 0;
  return {
    ...engine,
    createUsersTable: async () => {
      tables += 1;
      const name = `users-${tables}`;
      await engine.createTable({
        name,
        keys: { pk: 'S' },
        indexes: { 'by-shard': { shard: 'S', sortKey: 'S' } },
      });
      return name;
    },
  };
}
