import type { Contract } from '@gatehouse/http';
import { usersContract } from '../users-contract.ts';
import { operationAddresses } from './operation-addresses.ts';
import type { ClientRequest, ClientResponse } from './transport.ts';
import { createUsersClient, type UsersClientOptions } from './users-client.ts';

const json = (status: number, body: unknown, headers: Record<string, string> = {}): ClientResponse => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
});
const user = { id: 'u1', email: 'a@example.com' };
const body = { email: 'a@example.com', name: 'A' };

/** A client whose transport gives these outcomes in turn, and all that it was asked to send. */
function clientWith(
  outcomes: readonly (ClientResponse | Error)[],
  options: Partial<UsersClientOptions> = {},
) {
  const sent: ClientRequest[] = [];
  const pauses: number[] = [];
  const client = createUsersClient({
    baseUrl: 'https://api.example.com/v1/',
    transport: async (request) => {
      const outcome = outcomes[sent.length];
      sent.push(request);
      if (outcome === undefined || outcome instanceof Error) {
        throw outcome ?? new Error('more calls than outcomes');
      }
      return outcome;
    },
    pause: async (ms) => void pauses.push(ms),
    random: () => 1,
    ...options,
  });
  return { client, sent, pauses };
}

describe('a call', () => {
  it('goes to the operation’s address, with its parts where they belong', async () => {
    const { client, sent } = clientWith([json(200, user, { etag: '"2"' })], {
      headers: { authorization: 'Bearer t' },
    });
    const result = await client.patchUser({ params: { id: 'u1' }, body: { name: 'B' }, ifMatch: '"1"' });
    expect(result).toEqual({ status: 200, headers: { etag: '"2"' }, body: user });
    expect(sent).toEqual([
      {
        method: 'PATCH',
        url: 'https://api.example.com/v1/users/u1',
        headers: {
          accept: 'application/json, application/problem+json',
          authorization: 'Bearer t',
          'content-type': 'application/merge-patch+json',
          'if-match': '"1"',
        },
        body: '{"name":"B"}',
        idempotent: false,
        retries: 0,
      },
    ]);
  });

  it('encodes parameters', async () => {
    const { client, sent } = clientWith([json(200, {}), json(200, {})]);
    await client.deleteExternalUser({
      params: { externalId: 'auth0|a/b' },
      query: { occurredAt: '2026-11-22T10:00:00+01:00' },
    });
    await client.listUsers({ query: { limit: 5 } });
    expect(sent.map(({ url }) => url)).toEqual([
      'https://api.example.com/v1/internal/users/auth0%7Ca%2Fb?occurredAt=2026-11-22T10%3A00%3A00%2B01%3A00',
      'https://api.example.com/v1/users?limit=5',
    ]);
  });

  it.each(['', '.', '..', '\ud800'])(
    'refuses %j as a path parameter, before anything is sent',
    async (id) => {
      const { client, sent } = clientWith([]);
      await expect(client.getUser({ params: { id } })).rejects.toThrow(TypeError);
      expect(sent).toEqual([]);
    },
  );

  it('refuses a query parameter that has no encoding, before anything is sent', async () => {
    const { client, sent } = clientWith([]);
    await expect(client.hello({ query: { name: 'x\udc00' } })).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });

  it.each([
    ['k', '"k"'],
    ['order:42', '"order:42"'],
    ['a "b" \\c', String.raw`"a \"b\" \\c"`],
    ['~'.repeat(255), `"${'~'.repeat(255)}"`],
  ])('sends the idempotency key %j as a quoted string', async (idempotencyKey, header) => {
    const { client, sent } = clientWith([json(201, user)]);
    await client.createUser({ body, idempotencyKey });
    expect(sent[0]?.headers['idempotency-key']).toBe(header);
  });

  it.each(['', 'x'.repeat(256), 'é', 'a\nb', '\u007f'])(
    'refuses %j as an idempotency key, before anything is sent',
    async (idempotencyKey) => {
      const { client, sent } = clientWith([]);
      await expect(client.createUser({ body, idempotencyKey })).rejects.toThrow(TypeError);
      expect(sent).toEqual([]);
    },
  );

  it('gives no body for an empty answer', async () => {
    const { client } = clientWith([{ status: 204, headers: {}, body: new Uint8Array() }]);
    expect(await client.deleteUser({ params: { id: 'u1' } })).toEqual({
      status: 204,
      headers: {},
      body: undefined,
    });
  });

  it('asks for its headers at each try', async () => {
    let asked = 0;
    const { client, sent } = clientWith([json(503, {}), json(200, user)], {
      headers: async () => ({ authorization: `Bearer ${(asked += 1)}` }),
    });
    await client.getOwnUser();
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer 1', 'Bearer 2']);
  });
});

describe('an error', () => {
  it('carries the problem', async () => {
    const problem = { type: 'about:blank', title: 'Conflict', status: 409, code: 'USERS_EMAIL_TAKEN' };
    const { client } = clientWith([json(409, problem)]);
    await expect(client.createUser({ body })).rejects.toMatchObject({
      code: 'USERS_CLIENT_PROBLEM',
      status: 409,
      problem,
      message: 'createUser: USERS_EMAIL_TAKEN',
    });
  });

  it('has a status alone when a front answered by itself', async () => {
    const { client } = clientWith([json(403, { message: 'Forbidden' })]);
    await expect(client.getOwnUser()).rejects.toMatchObject({ status: 403, problem: undefined });
  });

  it.each([
    ['a redirect', { status: 302, headers: { location: '/' }, body: new Uint8Array() }],
    ['text that is not JSON', { status: 200, headers: {}, body: Buffer.from('<html>') }],
    ['bytes that are not UTF-8', { status: 200, headers: {}, body: Uint8Array.of(0xff) }],
    ['nothing, where there is a body', { status: 200, headers: {}, body: new Uint8Array() }],
    ['a status that the operation does not have', json(202, user)],
  ])('says that %s is no answer of this API', async (_, response) => {
    const { client, sent } = clientWith([response, response, response]);
    await expect(client.getOwnUser()).rejects.toMatchObject({ code: 'USERS_CLIENT_RESPONSE_INVALID' });
    expect(sent).toHaveLength(1);
  });
});

describe('repeating', () => {
  const params = { id: 'u1' };
  const lost = new Error('connection lost');
  const calls: readonly [
    string,
    (client: ReturnType<typeof createUsersClient>) => Promise<unknown>,
    number | undefined,
  ][] = [
    ['GET', async (client) => client.getUser({ params }), 200],
    ['PUT', async (client) => client.replaceUser({ params, body }), 200],
    ['DELETE', async (client) => client.deleteUser({ params }), 204],
    [
      'POST under an idempotency key',
      async (client) => client.createUser({ body, idempotencyKey: 'k' }),
      201,
    ],
    ['POST', async (client) => client.createUser({ body }), undefined],
    ['PATCH', async (client) => client.patchUser({ params, body, ifMatch: '"1"' }), undefined],
  ];

  describe.each(calls)('%s', (_, call, status) => {
    const repeated = status !== undefined;
    it.each([
      ['no answer', lost],
      ['429', json(429, {})],
      ['502', json(502, {})],
      ['503', json(503, {})],
      ['504', json(504, {})],
    ])(`is ${repeated ? 'done' : 'not done'} after %s`, async (_name, failure) => {
      const { client, sent } = clientWith([failure, json(status ?? 200, user)]);
      const outcome = await call(client).catch(() => 'failed');
      expect(outcome).toEqual(repeated ? expect.objectContaining({ status }) : 'failed');
      expect(sent).toHaveLength(repeated ? 2 : 1);
    });
  });

  it('ends after the third try, with the last error', async () => {
    const { client, sent, pauses } = clientWith([lost, json(503, {}), json(502, {}), json(200, user)]);
    await expect(client.getUser({ params })).rejects.toMatchObject({ status: 502 });
    expect(sent).toHaveLength(3);
    expect(pauses).toEqual([200, 400]);
  });

  it('is not done for other errors', async () => {
    const { client, sent } = clientWith([json(500, {}), json(200, user)]);
    await expect(client.getUser({ params })).rejects.toMatchObject({ status: 500 });
    expect(sent).toHaveLength(1);
  });

  const inFlight = json(409, { code: 'HTTP_IDEMPOTENCY_IN_FLIGHT' }, { 'retry-after': '1' });

  it('is done while the first try of the same key is under way', async () => {
    const { client, pauses } = clientWith([lost, inFlight, json(201, user)]);
    expect(await client.createUser({ body, idempotencyKey: 'k' })).toMatchObject({ status: 201 });
    expect(pauses).toEqual([200, 1_000 + 400]);
  });

  it('ends after the third try, though the first is still under way', async () => {
    const { client, sent } = clientWith([lost, inFlight, inFlight, json(201, user)]);
    await expect(client.createUser({ body, idempotencyKey: 'k' })).rejects.toMatchObject({
      status: 409,
      problem: { code: 'HTTP_IDEMPOTENCY_IN_FLIGHT' },
    });
    expect(sent).toHaveLength(3);
  });

  it('is not done for another conflict', async () => {
    const { client, sent } = clientWith([json(409, { code: 'USERS_EMAIL_TAKEN' }), json(201, user)]);
    await expect(client.createUser({ body, idempotencyKey: 'k' })).rejects.toMatchObject({ status: 409 });
    expect(sent).toHaveLength(1);
  });

  const nowMs = Date.UTC(2026, 10, 22, 10, 0, 0, 400);
  const clock = () => nowMs;

  it.each([
    ['1', 1],
    [' 2 ', 2],
    ['Sun, 22 Nov 2026 10:00:02 GMT', 2],
    ['Sunday, 22-Nov-26 10:00:01 GMT', 1],
    ['Sun Nov 22 10:00:01 2026', 1],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['soon', 0],
    ['-1', 0],
  ])('waits as long as Retry-After says: %s', async (retryAfter, seconds) => {
    const answers = [json(503, {}, { 'retry-after': retryAfter }), json(200, user)];
    const { client, pauses } = clientWith(answers, { clock });
    await client.getUser({ params });
    expect(pauses).toEqual([seconds * 1_000 + 200]);
  });

  it.each([
    ['60', 60],
    ['99999999', 99_999_999],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 3_600],
  ])('is not done when Retry-After asks for too long: %s', async (retryAfter, seconds) => {
    const answers = [json(503, {}, { 'retry-after': retryAfter }), json(200, user)];
    const { client, sent } = clientWith(answers, { clock });
    await expect(client.getUser({ params })).rejects.toMatchObject({ retryAfterSeconds: seconds });
    expect(sent).toHaveLength(1);
  });

  it('is not done when the transport says that it would fail again', async () => {
    const refused = Object.assign(new Error('a header cannot be sent'), { retryable: false });
    const { client, sent } = clientWith([refused, json(200, user)]);
    await expect(client.getUser({ params })).rejects.toMatchObject({ cause: refused });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['503 from all', json(503, {})],
    ['no answers', lost],
  ])('lets an API that is down see at most 1.1 times the calls: %s', async (_, outcome) => {
    const { client, sent } = clientWith(Array.from({ length: 1_000 }, () => outcome));
    for (let call = 0; call < 300; call += 1) {
      await client.getUser({ params }).catch(() => undefined);
    }
    expect(sent.length).toBeGreaterThan(300);
    expect(sent.length).toBeLessThanOrEqual(330);
  });

  it('is done again once calls succeed', async () => {
    const outcomes = [
      ...Array.from({ length: 50 }, () => lost),
      ...Array.from({ length: 13 }, () => json(200, user)),
      json(503, {}),
      json(200, user),
    ];
    const { client, sent } = clientWith(outcomes);
    while (sent.length < 50) {
      await client.getUser({ params }).catch(() => undefined);
    }
    for (let call = 0; call < 14; call += 1) {
      await client.getUser({ params });
    }
    expect(sent).toHaveLength(outcomes.length);
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    const { client, sent } = clientWith([lost, json(200, user)]);
    controller.abort();
    await expect(client.getUser({ params, signal: controller.signal })).rejects.toMatchObject({
      cause: lost,
    });
    expect(sent).toHaveLength(1);
  });

  it('waits on a real timer by default', async () => {
    const sent: ClientRequest[] = [];
    const client = createUsersClient({
      baseUrl: 'https://api.example.com',
      transport: async (request) => (sent.push(request) === 1 ? json(503, {}) : json(200, user)),
      random: () => 0,
    });
    await client.getOwnUser();
    expect(sent).toHaveLength(2);
  });
});

it('has every address as the contract has it', () => {
  const addresses = Object.entries(operationAddresses).map(([id, { method, path }]) => [id, method, path]);
  const contract = Object.entries(usersContract).map(([id, { method, path }]) => [id, method, path]);
  expect(addresses.sort()).toEqual(contract.sort());
});

it('knows the answers of every operation as the contract has them', () => {
  const contract: Contract = usersContract;
  for (const [id, { answers }] of Object.entries(operationAddresses)) {
    const declared = Object.entries(contract[id]?.responses ?? {}).filter(
      ([, answer]) => !('problems' in answer),
    );
    const forms = declared.map(([status, answer]) => [status, 'body' in answer ? 'json' : 'empty']);
    expect(answers).toEqual(Object.fromEntries(forms));
  }
});

it('sends a body type that the operation takes', () => {
  const contract: Contract = usersContract;
  for (const [id, { contentType = 'application/json' }] of Object.entries(operationAddresses)) {
    const body = contract[id]?.request?.body;
    const taken = body === undefined || '~standard' in body ? undefined : body.contentTypes;
    expect(taken ?? ['application/json']).toContain(contentType);
  }
});
