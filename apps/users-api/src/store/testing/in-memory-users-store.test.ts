import { createInMemoryUsersStore } from './in-memory-users-store.ts';
import { describeUsersStore } from './users-store-contract.ts';

describeUsersStore('the in-memory store', async () => createInMemoryUsersStore());
