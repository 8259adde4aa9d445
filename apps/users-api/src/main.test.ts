import { hasDynamoDb } from '@gatehouse/clients/testing';
import { EVENT_BUILDERS, FRONTS, readResult, type ReadResult } from '@gatehouse/http/testing';
import { captureOutput, lambdaContext, type CapturedOutput } from '@gatehouse/observability/testing';
import { startUsersDatabase, type UsersDatabase } from './store/testing/users-database.ts';
import { startFaultProxy, type FaultProxy } from './store/testing/fault-proxy.ts';
import type { handler as usersApi } from './main.ts';
import { ada, authorizerOf, person, START_MS, type CallSpec } from './testing/test-api.ts';

jest.setTimeout(30_000);

// What Lambda and the templates set; the engine stands behind a proxy that can fail.
(hasDynamoDb ? describe : describe.skip)('the function, from its variables', () => {
  const before = { ...process.env };
  let database: UsersDatabase;
  let proxy: FaultProxy;
  let output: CapturedOutput;
  let handler: typeof usersApi;

  beforeAll(async () => {
    jest.useFakeTimers({
      now: START_MS,
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout'],
    });
    database = await startUsersDatabase();
    proxy = await startFaultProxy(database.endpoint);
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_SECRET_ACCESS_KEY: 'local',
      CORS: '{"origins":["https://app.example.com"]}',
      ENVIRONMENT: 'dev',
      POWERTOOLS_SERVICE_NAME: 'users-api',
      USERS_TABLE: await database.createUsersTable(),
    });
    output = captureOutput();
    ({ handler } = await import('./main.ts'));
  });
  afterAll(async () => {
    output.restore();
    process.env = before;
    jest.useRealTimers();
    await proxy.close();
    await database.stop();
  });

  async function call({ as, front = 'http-2.0', ...spec }: CallSpec): Promise<ReadResult> {
    output.clear();
    return readResult(
      await handler(EVENT_BUILDERS[front]({ ...spec, ...authorizerOf(as) }), lambdaContext()),
    );
  }

  it.each(FRONTS)('creates and answers a user behind %s', async (front) => {
    const owner = person(`owner-${front}`, 'users:read', 'users:write');
    const json = { email: `${front}@example.com`, name: 'Somebody' };
    const created = await call({ as: owner, front, method: 'POST', path: '/users', json });
    expect(created.status).toBe(201);
    const read = await call({ as: owner, front, path: '/users/me', headers: { 'if-none-match': '"1"' } });
    expect(read.status).toBe(304);
  });

  it('logs the operation, never who was asked for', async () => {
    const json = { email: 'canary-7f3a@example.com', name: 'Canary 7f3a' };
    const created = await call({ as: ada, method: 'POST', path: '/users', json });
    const { id } = created.json() as { id: string };
    await call({ as: ada, path: `/users/${id}` });
    expect(output.lines()).toMatchObject([
      { message: 'access', route: 'GET /users/{id}', status: 200, principal_kind: 'user' },
    ]);
    expect(output.text()).not.toMatch(/canary/i);
  });

  it('answers 503 when DynamoDB is down, and logs why', async () => {
    proxy.decide = () => ({ kind: 'refused', status: 500, type: 'InternalServerError' });
    const result = await call({ as: ada, path: '/users/me', headers: { origin: 'https://app.example.com' } });
    proxy.decide = () => ({ kind: 'none' });
    expect(result.status).toBe(503);
    expect(result.header('retry-after')).toBe('1');
    expect(result.header('access-control-allow-origin')).toBe('https://app.example.com');
    expect(result.text).not.toContain('InternalServerError');
    expect(output.text()).toContain('InternalServerError');
    expect(output.lines()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'ERROR', code: 'USERS_STORE_UNAVAILABLE', status: 503 }),
      ]),
    );
  });
});
