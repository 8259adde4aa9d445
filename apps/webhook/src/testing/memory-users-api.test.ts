import { describeExternalEvents } from '@gatehouse/users-contract/testing';
import { MemoryUsersApi } from './memory-users-api.ts';

describeExternalEvents('the users API in memory', (clock) => {
  const api = new MemoryUsersApi(clock);
  return { transport: api.transport, users: async () => api.users() };
});
