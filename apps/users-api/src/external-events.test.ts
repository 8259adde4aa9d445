import type { Transport } from '@gatehouse/users-contract/client';
import { describeExternalEvents } from '@gatehouse/users-contract/testing';
import { createTestApi, service, type TestApi } from './testing/test-api.ts';

/** A service's calls over the internal function URL, without a socket. */
const transportTo =
  (api: TestApi): Transport =>
  async ({ method, url, body }) => {
    const { pathname, search } = new URL(url);
    const result = await api.call({
      as: service,
      front: 'url',
      method,
      path: pathname + search,
      ...(body === undefined ? {} : { json: JSON.parse(body) as unknown }),
    });
    return { status: result.status, headers: {}, body: Buffer.from(result.text) };
  };

describeExternalEvents('the users API', (clock) => {
  const api = createTestApi();
  api.nowMs = clock();
  return {
    transport: transportTo(api),
    users: async () => {
      const { users } = await api.store.list({ limit: 100, order: 'asc' });
      return Object.fromEntries(users.map(({ externalId, email }) => [externalId, email]));
    },
  };
});
