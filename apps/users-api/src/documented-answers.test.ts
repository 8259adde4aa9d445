import type { ReadResult } from '@gatehouse/http/testing';
import { createInMemoryUsersStore } from './store/testing/in-memory-users-store.ts';
import { ada, admin, createTestApi, service, type CallSpec, type TestApi } from './testing/test-api.ts';
import { undocumentedAnswer } from './testing/undocumented-answer.ts';

/** Sends it, and fails unless the document tells callers of the answer. */
async function callDocumented(api: TestApi, ...request: Parameters<TestApi['call']>): Promise<ReadResult> {
  api.ended.length = 0;
  const result = await api.call(...request);
  expect(api.ended).toHaveLength(1);
  expect(api.ended.flatMap((end) => undocumentedAnswer(end) ?? [])).toEqual([]);
  return result;
}

describe('callers are told by the OpenAPI document', () => {
  const keyed = {
    as: ada,
    method: 'POST',
    headers: { 'idempotency-key': '"k"' },
    json: { email: 'ada@example.com', name: 'Ada' },
  };
  const encodings: readonly (readonly [string, CallSpec, string])[] = [
    ['of hello', { path: '/hello?name=%FF' }, 'HTTP_QUERY_ENCODING_INVALID'],
    ['of a list', { as: admin, path: '/users?%FF=1' }, 'HTTP_QUERY_ENCODING_INVALID'],
    ['of a creation under a key', { ...keyed, path: '/users?x=%FF' }, 'HTTP_QUERY_ENCODING_INVALID'],
    [
      'of an external deletion',
      { front: 'url', as: service, method: 'DELETE', path: '/internal/users/ext-1?occurredAt=%FF' },
      'HTTP_QUERY_ENCODING_INVALID',
    ],
    ['of an id', { front: 'url', as: admin, path: '/users/%FF' }, 'HTTP_PATH_ENCODING_INVALID'],
    [
      'of an external id',
      { front: 'url', as: service, method: 'PUT', path: '/internal/users/%C3' },
      'HTTP_PATH_ENCODING_INVALID',
    ],
  ];

  it.each(encodings)('that an encoding %s is refused', async (_, request, code) => {
    const api = createTestApi();
    const result = await callDocumented(api, request);
    expect(result.status).toBe(400);
    expect(result.json()).toMatchObject({ code });
  });

  it.each(['/users/me', '/users/ID'])('that %s is not sent again to a caller who has it', async (path) => {
    const api = createTestApi();
    const { id } = await api.create(ada);
    const headers = { 'if-none-match': '"1"' };
    const result = await callDocumented(api, { as: ada, path: path.replace('ID', id), headers });
    expect(result.status).toBe(304);
  });

  it('that any request may fail for a reason that is in the log alone', async () => {
    const getBySubject = async () => Promise.reject(new Error('a defect'));
    const api = createTestApi({ store: { ...createInMemoryUsersStore(), getBySubject } });
    const result = await callDocumented(api, { as: ada, path: '/users/me' });
    expect(result.status).toBe(500);
  });

  it('that any request may take too long', async () => {
    const getBySubject = async () => new Promise<never>(() => undefined);
    const api = createTestApi({ store: { ...createInMemoryUsersStore(), getBySubject } });
    const context = { getRemainingTimeInMillis: () => 510 };
    const result = await callDocumented(api, { as: ada, path: '/users/me' }, context);
    expect(result.status).toBe(504);
  });
});
