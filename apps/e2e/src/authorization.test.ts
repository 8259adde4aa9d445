import { textMember } from './harness/json-members.ts';
import { apiUrl, call, mintToken, unique } from './harness/test-host.ts';

describe.each(['http', 'rest'] as const)('who may come in over the %s API', (kind) => {
  const users = () => `${apiUrl(kind)}/users`;

  it('answers 401 without a token', async () => {
    const { status, json } = await call(users());
    expect(status).toBe(401);
    expect(json).toBeDefined();
  });

  it.each([
    ['no JWT at all', 'nonsense'],
    ['an unsigned token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.'],
  ])('answers 401 to %s', async (_, token) => {
    expect((await call(users(), 'GET', { token })).status).toBe(401);
  });

  it('answers 401 to a token whose signature was changed', async () => {
    const token = await mintToken('mallory', 'users:admin users:read');
    const at = token.lastIndexOf('.') + 5;
    const forged = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    expect((await call(users(), 'GET', { token: forged })).status).toBe(401);
    expect((await call(users(), 'GET', { token })).status).toBe(200);
  });

  it('answers 403 to a list without the admin scope, also when the authorizer has let the token in before', async () => {
    const token = await mintToken(unique('bob'), 'users:read users:write');
    expect((await call(`${users()}/me`, 'GET', { token })).status).toBe(404);
    const { status, json, headers } = await call(users(), 'GET', { token });
    expect(status).toBe(403);
    expect(json).toMatchObject({ status: 403, code: expect.any(String) });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it("hides another subject's record: 404, as if there were none", async () => {
    const owner = await mintToken(unique('owner'), 'users:read users:write');
    const stranger = await mintToken(unique('stranger'), 'users:read users:write');
    const created = await call(users(), 'POST', {
      token: owner,
      json: { name: 'Owner', email: `${unique('owner')}@example.com` },
    });
    expect(created.status).toBe(201);
    const url = `${users()}/${textMember(created.json, 'id')}`;
    const mine = await call(url, 'GET', { token: owner });
    const theirs = await call(url, 'GET', { token: stranger });
    const none = await call(`${users()}/${crypto.randomUUID()}`, 'GET', { token: stranger });
    expect([mine.status, theirs.status, none.status]).toEqual([200, 404, 404]);
    expect(textMember(theirs.json, 'code')).toBe(textMember(none.json, 'code'));
  });
});
