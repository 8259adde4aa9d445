import { apiKeyPrincipal, type Principal } from '@gatehouse/auth';
import { FRONTS } from '@gatehouse/http/testing';
import { SCOPES, usersContract, type UsersOperationId } from '@gatehouse/users-contract';
import {
  ada,
  admin,
  bob,
  createTestApi,
  person,
  service,
  START_MS,
  type CallSpec,
  type TestApi,
} from './testing/test-api.ts';

/** Everyone who may knock; Ada owns the record that is asked for. */
const callers = {
  nobody: undefined,
  'the owner': ada,
  'the owner, who may only read': person('ada', SCOPES.read),
  'the owner, who may only write': person('ada', SCOPES.write),
  'another subject': bob,
  'an administrator': admin,
  'a person with the internal scope': person('eve', SCOPES.internal),
  'a person without scopes': person('eve'),
  'an expired owner': { ...ada, expiresAtSeconds: START_MS / 1000 } as Principal,
  'an API key that reads and writes': apiKeyPrincipal('partner', [SCOPES.read, SCOPES.write]),
  'an API key of an administrator': apiKeyPrincipal('backoffice', [SCOPES.admin]),
  'a service on a public front': service,
} as const satisfies Readonly<Record<string, Principal | undefined>>;
type Caller = keyof typeof callers;

/** What each operation is asked, of Ada's record. */
const requests: Readonly<Record<UsersOperationId, (id: string) => Omit<CallSpec, 'as'>>> = {
  hello: () => ({ path: '/hello' }),
  createUser: () => ({ method: 'POST', path: '/users', json: { email: 'new@example.com', name: 'New' } }),
  listUsers: () => ({ path: '/users' }),
  getOwnUser: () => ({ path: '/users/me' }),
  getUser: (id) => ({ path: `/users/${id}` }),
  replaceUser: (id) => ({
    method: 'PUT',
    path: `/users/${id}`,
    json: { email: 'new@example.com', name: 'New', version: 1 },
  }),
  patchUser: (id) => ({ method: 'PATCH', path: `/users/${id}`, json: { name: 'New', version: 1 } }),
  deleteUser: (id) => ({ method: 'DELETE', path: `/users/${id}` }),
  upsertExternalUser: () => ({
    method: 'PUT',
    path: '/internal/users/ext-1',
    json: { email: 'ext@example.com', name: 'Ext', occurredAt: '2026-11-22T10:00:00Z' },
  }),
  deleteExternalUser: () => ({
    method: 'DELETE',
    path: '/internal/users/ext-1?occurredAt=2026-11-22T10:00:00Z',
  }),
};

/** The status for every caller. Function-level: 401 and 403; object-level: 404. */
const policy: Readonly<Record<UsersOperationId, Readonly<Record<Caller, number>>>> = {
  hello: {
    nobody: 200,
    'the owner': 200,
    'the owner, who may only read': 200,
    'the owner, who may only write': 200,
    'another subject': 200,
    'an administrator': 200,
    'a person with the internal scope': 200,
    'a person without scopes': 200,
    'an expired owner': 200,
    'an API key that reads and writes': 200,
    'an API key of an administrator': 200,
    'a service on a public front': 200,
  },
  createUser: {
    nobody: 401,
    'the owner': 409,
    'the owner, who may only read': 403,
    'the owner, who may only write': 409,
    'another subject': 201,
    'an administrator': 201,
    'a person with the internal scope': 403,
    'a person without scopes': 403,
    'an expired owner': 401,
    'an API key that reads and writes': 403,
    'an API key of an administrator': 403,
    'a service on a public front': 403,
  },
  listUsers: {
    nobody: 401,
    'the owner': 403,
    'the owner, who may only read': 403,
    'the owner, who may only write': 403,
    'another subject': 403,
    'an administrator': 200,
    'a person with the internal scope': 403,
    'a person without scopes': 403,
    'an expired owner': 401,
    'an API key that reads and writes': 403,
    'an API key of an administrator': 200,
    'a service on a public front': 403,
  },
  getOwnUser: {
    nobody: 401,
    'the owner': 200,
    'the owner, who may only read': 200,
    'the owner, who may only write': 403,
    'another subject': 404,
    'an administrator': 404,
    'a person with the internal scope': 403,
    'a person without scopes': 403,
    'an expired owner': 401,
    'an API key that reads and writes': 404,
    'an API key of an administrator': 404,
    'a service on a public front': 403,
  },
  getUser: {
    nobody: 401,
    'the owner': 200,
    'the owner, who may only read': 200,
    'the owner, who may only write': 403,
    'another subject': 404,
    'an administrator': 200,
    'a person with the internal scope': 403,
    'a person without scopes': 403,
    'an expired owner': 401,
    'an API key that reads and writes': 404,
    'an API key of an administrator': 200,
    'a service on a public front': 403,
  },
  ...sameForChanges(['replaceUser', 'patchUser'], 200),
  ...sameForChanges(['deleteUser'], 204),
  ...sameForInternal(['upsertExternalUser', 'deleteExternalUser']),
};

function sameForChanges<const Id extends UsersOperationId>(ids: readonly Id[], done: number) {
  const row = {
    nobody: 401,
    'the owner': done,
    'the owner, who may only read': 403,
    'the owner, who may only write': done,
    'another subject': 404,
    'an administrator': done,
    'a person with the internal scope': 403,
    'a person without scopes': 403,
    'an expired owner': 401,
    'an API key that reads and writes': 404,
    'an API key of an administrator': done,
    'a service on a public front': 403,
  } satisfies Record<Caller, number>;
  return Object.fromEntries(ids.map((id) => [id, row])) as Record<Id, typeof row>;
}

function sameForInternal<const Id extends UsersOperationId>(ids: readonly Id[]) {
  const row = Object.fromEntries(
    Object.keys(callers).map((caller) => [caller, /^nobody$|expired/.test(caller) ? 401 : 403]),
  ) as Record<Caller, number>;
  return Object.fromEntries(ids.map((id) => [id, row])) as Record<Id, typeof row>;
}

const rows = (Object.keys(usersContract) as UsersOperationId[]).flatMap((operation) =>
  (Object.keys(callers) as Caller[]).map((caller) => ({
    operation,
    caller,
    status: policy[operation][caller],
  })),
);

let api: TestApi;
let id: string;

beforeEach(async () => {
  api = createTestApi();
  ({ id } = await api.create(ada, { email: 'ada@example.com' }));
});

const ask = async (operation: UsersOperationId, caller: Caller, front: CallSpec['front'] = 'http-2.0') => {
  const as = callers[caller];
  return api.call({ ...requests[operation](id), front, ...(as === undefined ? {} : { as }) });
};

describe('who may do what', () => {
  it.each(rows)('$operation by $caller is $status', async ({ operation, caller, status }) => {
    const before = await api.store.get(id);
    const result = await ask(operation, caller);
    expect(result.status).toBe(status);
    if (status >= 400) {
      expect(result.header('content-type')).toBe('application/problem+json');
      expect(await api.store.get(id)).toEqual(before);
      expect((await api.store.list({ limit: 10, order: 'asc' })).users).toEqual([before]);
    }
  });

  it('says 401 with a challenge, as RFC 9110 11.6.1 asks', async () => {
    expect((await ask('getUser', 'nobody')).header('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('internal operations', () => {
  it.each(['upsertExternalUser', 'deleteExternalUser'] as const)(
    '%s is reached on the function URL by IAM alone',
    async (operation) => {
      const statuses = await Promise.all(
        FRONTS.map(async (front) => [
          front,
          (await ask(operation, 'a service on a public front', front)).status,
        ]),
      );
      const refusal = (front: string): number => (front === 'http-1.0' ? 401 : 403);
      expect(statuses).toEqual(FRONTS.map((front) => [front, front === 'url' ? 200 : refusal(front)]));
    },
  );

  it.each(FRONTS)('are refused to every token and key behind %s', async (front) => {
    for (const caller of Object.keys(callers) as Caller[]) {
      if (caller !== 'a service on a public front') {
        const result = await ask('upsertExternalUser', caller, front);
        expect([caller, result.status]).toEqual([caller, policy.upsertExternalUser[caller]]);
      }
    }
  });

  it('give a service nothing else: it reads and changes no user by id', async () => {
    for (const operation of ['listUsers', 'getUser', 'replaceUser', 'deleteUser', 'createUser'] as const) {
      expect((await ask(operation, 'a service on a public front', 'url')).status).toBe(403);
    }
  });
});
