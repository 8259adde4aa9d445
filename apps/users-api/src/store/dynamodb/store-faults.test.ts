import { connectDynamoDb, hasDynamoDb } from '@gatehouse/clients/testing';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ada,
  admin,
  bob,
  createTestApi,
  service,
  type CallSpec,
  type TestApi,
} from '../../testing/test-api.ts';
import { startUsersDatabase, type UsersDatabase } from '../testing/users-database.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../testing/fault-proxy.ts';
import { createDynamoDbIdempotencyStore } from './dynamodb-idempotency-store.ts';
import { createDynamoDbUsersStore } from './dynamodb-users-store.ts';

jest.setTimeout(30_000);

const none: Fault = { kind: 'none' };
const turn = async (): Promise<void> => wait(5);

/** Faults of a single call, each of which the client or the caller has to get over. */
const faults: readonly (readonly [string, Fault])[] = [
  ['its answer is lost', { kind: 'answer-lost' }],
  ['it is lost', { kind: 'request-lost' }],
  ['DynamoDB throttles', { kind: 'refused', status: 400, type: 'ThrottlingException' }],
  ['DynamoDB fails', { kind: 'refused', status: 500, type: 'InternalServerError' }],
];

(hasDynamoDb ? describe : describe.skip)('when DynamoDB fails', () => {
  let database: UsersDatabase;
  let proxy: FaultProxy;
  let api: TestApi;

  beforeAll(async () => {
    database = await startUsersDatabase();
    proxy = await startFaultProxy(database.endpoint);
  });
  afterAll(async () => {
    await proxy.close();
    await database.stop();
  });
  beforeEach(async () => {
    const tableName = await database.createUsersTable();
    const documents = connectDynamoDb(proxy.endpoint);
    api = createTestApi({
      store: createDynamoDbUsersStore({ documents, tableName, pause: async () => undefined }),
      idempotencyStore: createDynamoDbIdempotencyStore({ documents, tableName }),
    });
    reset();
  });

  function reset(decide: FaultProxy['decide'] = () => none): void {
    proxy.decide = decide;
    proxy.calls.length = 0;
    proxy.abandoned.length = 0;
  }

  const create: CallSpec = {
    as: ada,
    method: 'POST',
    path: '/users',
    json: { email: 'ada@example.com', name: 'Ada' },
  };
  const stored = async () => (await api.store.list({ limit: 10, order: 'asc' })).users;

  describe.each(faults)('once, in that %s', (_, fault) => {
    it('a creation is done once', async () => {
      reset((operation, index) => (operation === 'TransactWriteItems' && index === 0 ? fault : none));
      const result = await api.call(create);
      expect(result.status).toBe(201);
      expect(proxy.calls).toEqual(['TransactWriteItems', 'TransactWriteItems']);
      reset();
      expect(await stored()).toEqual([result.json()]);
    });

    it('a change is done once', async () => {
      const user = await api.create(ada);
      reset((operation, index) => (operation === 'TransactWriteItems' && index === 1 ? fault : none));
      const json = { name: 'New', version: 1 };
      const result = await api.call({ as: ada, method: 'PATCH', path: `/users/${user.id}`, json });
      expect(result.status).toBe(200);
      expect(result.json()).toMatchObject({ name: 'New', version: 2 });
    });

    it('a deletion is done', async () => {
      const user = await api.create(ada);
      reset((operation, index) => (operation === 'TransactWriteItems' && index === 1 ? fault : none));
      const result = await api.call({ as: ada, method: 'DELETE', path: `/users/${user.id}` });
      expect(result.status).toBe(204);
    });

    it('an upsert by external id is done once', async () => {
      reset((_operation, index) => (index === 2 ? fault : none));
      const result = await api.call({
        as: service,
        front: 'url',
        method: 'PUT',
        path: '/internal/users/ext-1',
        json: { email: 'ext@example.com', name: 'Ext', occurredAt: '2026-11-22T10:00:00Z' },
      });
      expect(result.json()).toMatchObject({ outcome: 'created', user: { version: 1 } });
      reset();
      expect(await stored()).toHaveLength(1);
    });
  });

  describe.each(faults)('for good, in that %s', (_, fault) => {
    const requests: readonly (readonly [string, (id: string) => CallSpec])[] = [
      ['creating', () => create],
      ['reading', (id) => ({ as: ada, path: `/users/${id}` })],
      ['reading one’s own', () => ({ as: ada, path: '/users/me' })],
      [
        'changing',
        (id) => ({ as: ada, method: 'PATCH', path: `/users/${id}`, json: { name: 'N', version: 1 } }),
      ],
      ['deleting', (id) => ({ as: ada, method: 'DELETE', path: `/users/${id}` })],
    ];

    it.each(requests)('%s is a 503 with Retry-After, and nothing is done by half', async (name, request) => {
      const user = name === 'creating' ? undefined : await api.create(ada);
      reset((operation) => (operation === 'TransactWriteItems' || operation === 'GetItem' ? fault : none));
      const result = await api.call(request(user?.id ?? ''));
      expect(result.status).toBe(503);
      expect(result.header('retry-after')).toBe('1');
      expect(result.json()).toMatchObject({ code: 'USERS_STORE_UNAVAILABLE' });
      expect(result.json()).not.toHaveProperty('detail');
      reset();
      const retried = await api.call(request(user?.id ?? ''));
      expect([200, 201, 204, 409]).toContain(retried.status);
      expect((await stored()).length).toBeLessThanOrEqual(1);
    });
  });

  describe.each(faults)('in that %s, from the n-th call on', (_, fault) => {
    it.each([0, 1, 2, 3])(
      'a creation under an idempotency key gives one user when n is %i',
      async (failing) => {
        const request = { ...create, headers: { 'idempotency-key': '"k"' } };
        // Every repetition of the failing call by the client fails too.
        let operation: string | undefined;
        reset((called, index) => {
          operation = index === failing ? called : operation;
          return called === operation ? fault : none;
        });
        const first = await api.call({ ...request, requestId: 'first' });
        reset();
        api.nowMs += 61_000;
        const second = await api.call({ ...request, requestId: 'second' });
        expect(second.status).toBe(201);
        expect([201, 503]).toContain(first.status);
        if (first.status === 201) {
          expect(second.json()).toEqual(first.json());
        }
        expect(await stored()).toEqual([second.json()]);
      },
    );
  });

  it('a creation that was done but not answered is no answer to another one under its key', async () => {
    const headers = { 'idempotency-key': '"k"' };
    reset((operation) => (operation === 'TransactWriteItems' ? { kind: 'answer-lost' } : none));
    expect((await api.call({ ...create, headers, requestId: 'first' })).status).toBe(503);
    reset();
    const json = { email: 'ada@example.com', name: 'Somebody else' };
    const other = await api.call({ ...create, headers, json, requestId: 'second' });
    expect(other.status).toBe(409);
    expect(other.json()).toMatchObject({ code: 'USERS_SUBJECT_TAKEN' });
    const again = await api.call({ ...create, headers, requestId: 'third' });
    expect(again.status).toBe(201);
    expect(await stored()).toEqual([again.json()]);
  });

  describe('and never answers, when the time of a request is over', () => {
    const never: Fault = { kind: 'unanswered' };
    // The kernel answers half a second before.
    const soonOver = { getRemainingTimeInMillis: () => 800 };
    const late: readonly (readonly [string, string, (id: string) => CallSpec])[] = [
      ['reading', 'GetItem', (id) => ({ as: ada, path: `/users/${id}` })],
      ['listing', 'Query', () => ({ as: admin, path: '/users' })],
      ['creating', 'TransactWriteItems', () => ({ ...create, as: bob })],
      ['deleting', 'TransactWriteItems', (id) => ({ as: ada, method: 'DELETE', path: `/users/${id}` })],
    ];

    it.each(late)('%s is a 504, and its call is given up at once', async (_, operation, request) => {
      const user = await api.create(ada);
      reset((called) => (called === operation ? never : none));
      const startedMs = performance.now();
      const result = await api.call(request(user.id), soonOver);
      expect(result.status).toBe(504);
      expect(performance.now() - startedMs).toBeLessThan(800);
      // The proxy sees the connection close: nothing goes on after the answer.
      const calls = proxy.calls.filter((called) => called === operation);
      while (proxy.abandoned.length < calls.length && performance.now() - startedMs < 800) await turn();
      expect(proxy.abandoned).toEqual(calls);
      expect(proxy.abandoned.length).toBeGreaterThan(0);
    });
  });

  it('what is no failure of the moment is a bland 500', async () => {
    reset(() => ({ kind: 'refused', status: 400, type: 'ResourceNotFoundException' }));
    const result = await api.call({ as: ada, path: '/users/me' });
    expect(result.status).toBe(500);
    expect(result.json()).toMatchObject({ code: 'HTTP_INTERNAL' });
    expect(result.text).not.toContain('ResourceNotFound');
  });
});
