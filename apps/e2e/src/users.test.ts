import { listMember, nextCursor, textMember } from './harness/json-members.ts';
import { apiUrl, call, mintToken, unique } from './harness/test-host.ts';

const email = () => `${unique('user')}@example.com`;

describe.each(['http', 'rest'] as const)('users over the %s API', (kind) => {
  const users = () => `${apiUrl(kind)}/users`;
  const newOwner = () => mintToken(unique('alice'), 'users:read users:write');

  it('creates a user: 201, with its Location', async () => {
    const token = await newOwner();
    const json = { name: 'Alice', email: email() };
    const created = await call(users(), 'POST', { token, json });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ ...json, version: 1 });
    const location = new URL(created.headers.get('location')!, users()).href;
    expect(location).toBe(`${users()}/${textMember(created.json, 'id')}`);
    const read = await call(location, 'GET', { token });
    expect(read.json).toEqual(created.json);
    expect((await call(`${users()}/me`, 'GET', { token })).json).toEqual(created.json);
  });

  it('answers 409, a problem, to an email that is taken', async () => {
    const json = { name: 'Alice', email: email() };
    expect((await call(users(), 'POST', { token: await newOwner(), json })).status).toBe(201);
    const second = await call(users(), 'POST', { token: await newOwner(), json });
    expect(second.status).toBe(409);
    expect(second.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(second.json).toMatchObject({ status: 409, title: expect.any(String), code: expect.any(String) });
  });

  it('answers 400, a problem that points at the member, to a body that is not valid', async () => {
    const { status, json } = await call(users(), 'POST', {
      token: await newOwner(),
      json: { name: 'x', email: 7 },
    });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: 'HTTP_REQUEST_INVALID',
      errors: [expect.objectContaining({ in: 'body', pointer: '/email' })],
    });
  });

  it('changes the version that the client saw, and answers 412 to a stale one', async () => {
    const token = await newOwner();
    const created = await call(users(), 'POST', { token, json: { name: 'Alice', email: email() } });
    const url = `${users()}/${textMember(created.json, 'id')}`;
    const etag = created.headers.get('etag')!;
    const patch = (name: string) =>
      call(url, 'PATCH', {
        token,
        json: { name },
        headers: { 'if-match': etag, 'content-type': 'application/merge-patch+json' },
      });
    const changed = await patch('Alicia');
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ name: 'Alicia', version: 2 });
    const stale = await patch('Alexandra');
    expect(stale.status).toBe(412);
    expect((await call(url, 'GET', { token })).json).toMatchObject({ name: 'Alicia' });
  });

  it('deletes a user', async () => {
    const token = await newOwner();
    const created = await call(users(), 'POST', { token, json: { name: 'Alice', email: email() } });
    const url = `${users()}/${textMember(created.json, 'id')}`;
    const headers = { 'if-match': created.headers.get('etag')! };
    expect((await call(url, 'DELETE', { token, headers })).status).toBe(204);
    expect((await call(url, 'GET', { token })).status).toBe(404);
  });

  it('pages over 25 users with no gap and no repeat', async () => {
    const token = await mintToken(unique('admin'), 'users:read users:write users:admin');
    const created = new Set<string>();
    for (let index = 0; index < 25; index += 1) {
      const json = {
        name: `User ${index}`,
        email: email(),
        subject: `https://auth.example/#${unique('subject')}`,
      };
      const { status, json: user } = await call(users(), 'POST', { token, json });
      expect(status).toBe(201);
      created.add(textMember(user, 'id'));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await call(`${users()}?limit=7${query}`, 'GET', { token });
      expect(page.status).toBe(200);
      const items = listMember(page.json, 'items');
      expect(items.length).toBeLessThanOrEqual(7);
      seen.push(...items.map((item) => textMember(item, 'id')));
      cursor = nextCursor(page.json);
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => created.has(id))).toHaveLength(25);
  });
});
