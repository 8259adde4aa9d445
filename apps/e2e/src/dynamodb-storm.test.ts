import { type BuiltFunction, type Invoked, startBuiltFunction } from './harness/built-function.ts';
import { httpEvent } from './harness/events.ts';
import { type StormingService, startStormingService, weathers } from './harness/storming-service.ts';

const expiresAt = Math.floor(Date.now() / 1_000) + 3_600;
const ada = {
  kind: 'user',
  issuer: 'https://issuer.example/',
  sub: 'ada',
  scope: 'users:read users:write',
  expiresAt,
};
const readMe = httpEvent('GET', '/users/me', { lambda: ada });
const create = httpEvent('POST', '/users', {
  lambda: ada,
  body: JSON.stringify({ email: 'ada@example.com', name: 'Ada' }),
});
const problemOf = ({ result }: Invoked): { readonly code?: string; readonly status?: number } =>
  JSON.parse((result as { body: string }).body) as { code?: string; status?: number };

describe('the built users API, when DynamoDB storms', () => {
  let database: StormingService;
  let users: BuiltFunction;

  beforeEach(async () => {
    database = await startStormingService();
    users = await startBuiltFunction('users-api/main.cjs', 'handler', {
      AWS_ENDPOINT_URL_DYNAMODB: database.url,
      USERS_TABLE: 'users',
    });
  });
  afterEach(async () => {
    await users.stop();
    await database.stop();
  });

  it.each(['throttling', 'failing', 'unavailable', 'resetting', 'cutting'] as const)(
    'answers 503 with Retry-After to %s, asks 1.1 times at most over 120 invocations, and recovers',
    async (weather) => {
      expect((await users.invoke(readMe)).result).toMatchObject({ statusCode: 404 });
      const calm = database.requests;
      database.weather = weathers[weather];
      for (let invocation = 0; invocation < 120; invocation++) {
        const invoked = await users.invoke(invocation % 2 === 0 ? readMe : create);
        expect(invoked.result).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
        expect(problemOf(invoked).code).toBe('USERS_STORE_UNAVAILABLE');
      }
      expect(database.requests - calm).toBeGreaterThan(120);
      expect(database.requests - calm).toBeLessThanOrEqual(132);

      database.weather = weathers.calm;
      const connections = database.connections;
      for (let invocation = 0; invocation < 5; invocation++) {
        const invoked = await users.invoke(readMe);
        expect(invoked.result).toMatchObject({ statusCode: 404 });
        // The kept connection does not keep the process going, and there is nothing else.
        expect(invoked.resources).toEqual([]);
      }
      expect(database.connections - connections).toBeLessThanOrEqual(1);
    },
  );

  it('answers within its time when no answer comes, and leaves no call behind', async () => {
    database.weather = weathers.silent;
    for (let invocation = 0; invocation < 3; invocation++) {
      const startedMs = Date.now();
      const invoked = await users.invoke(readMe, { remainingMs: 900 });
      expect(Date.now() - startedMs).toBeLessThan(900);
      expect([503, 504]).toContain(problemOf(invoked).status);
    }
    database.weather = weathers.calm;
    const { result, resources } = await users.invoke(readMe);
    expect(result).toMatchObject({ statusCode: 404 });
    expect(resources).toEqual([]);
  });
});
