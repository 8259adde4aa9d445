import { SCOPES } from '@gatehouse/users-contract';
import { scopesOfIamRoutes } from './iam-routes.ts';
import { ada, createTestApi, service } from './testing/test-api.ts';

describe('scopesOfIamRoutes', () => {
  it('is none where no route takes signatures', () => {
    expect(scopesOfIamRoutes('')).toEqual([]);
  });

  it('is what the named operations ask for, each once', () => {
    expect(scopesOfIamRoutes('getUser,listUsers')).toEqual([SCOPES.read, SCOPES.admin]);
  });

  it.each(['upsertExternalUser', 'hello', 'nothing', 'toString', 'getUser,', 'getUser, listUsers'])(
    'refuses %j',
    (ids) => {
      expect(() => scopesOfIamRoutes(ids)).toThrow('is no operation that asks for scopes');
    },
  );
});

describe.each(['http-2.0', 'rest'] as const)('a service that signed, behind %s', (front) => {
  const api = createTestApi({ authentication: { iamScopes: scopesOfIamRoutes('getUser,listUsers') } });

  it('reads any user on a route that takes signatures', async () => {
    const { id } = await api.create(ada);
    expect((await api.call({ as: service, front, path: `/users/${id}` })).status).toBe(200);
    expect((await api.call({ as: service, front, path: '/users' })).status).toBe(200);
  });

  it('is refused internal operations all the same', async () => {
    const upsert = {
      method: 'PUT',
      path: '/internal/users/ext-1',
      json: { email: 'ext@example.com', name: 'Ext', occurredAt: '2026-11-22T10:00:00Z' },
    };
    const result = await api.call({ as: service, front, ...upsert });
    expect([result.status, result.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'HTTP_SCOPE_MISSING' }),
    ]);
  });
});

it('a service that signed has no scope of a public route on the internal URL', async () => {
  const api = createTestApi({ authentication: { iamScopes: scopesOfIamRoutes('listUsers') } });
  expect((await api.call({ as: service, front: 'url', path: '/users' })).status).toBe(403);
});
