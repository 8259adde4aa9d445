import { synthesiseDevWith } from './harness/changed-assembly.ts';
import { member, textMember } from './harness/json-members.ts';
import { type LocalHost, startLocalHost } from './harness/local-host.ts';
import { signedHeaders } from './harness/sign-request.ts';
import { type Answer, call, mintToken, unique } from './harness/test-host.ts';

/** dev as it is, but for two operations that its APIs route with IAM authorization (docs/adr/0403). */
const change = { iamRoutes: ['listUsers', 'getUser'] };

let host: LocalHost;

beforeAll(async () => {
  host = await startLocalHost(['--assembly', await synthesiseDevWith(change)]);
}, 60_000);
afterAll(() => host.stop());

const signed = (url: string, method = 'GET'): Promise<Answer> =>
  call(url, method, { headers: signedHeaders(method, url, host.state.aws) });

/** What docs/fronts.md says that each API answers by itself: a status, and a REST API's code. */
const refused = {
  http: { unsigned: [403, undefined], token: [403, undefined], forged: [403, undefined] },
  rest: {
    unsigned: [404, 'GATEWAY_MISSING_AUTHENTICATION_TOKEN'],
    token: [403, 'GATEWAY_DEFAULT_4XX'],
    forged: [403, 'GATEWAY_INVALID_SIGNATURE'],
  },
} as const;
const refusal = ({ status, json }: Answer) => [status, member(json, 'code')];

describe.each(['http', 'rest'] as const)('an IAM route of the %s API', (kind) => {
  const api = () => host.state.apis.find((candidate) => candidate.kind === kind)!.url.replace(/\/$/, '');
  const token = (name: string, scope: string) => mintToken(unique(name), scope, host.stateFile);

  it('gives a service that signs what an administrator gets, and not the rest of the API', async () => {
    const json = { email: `${unique('signed')}@example.com`, name: 'Signed' };
    const created = await call(`${api()}/users`, 'POST', {
      token: await token('owner', 'users:write'),
      json,
    });
    const user = `${api()}/users/${textMember(created.json, 'id')}`;

    expect(await signed(user)).toMatchObject({ status: 200, json });
    expect((await signed(`${api()}/users?limit=1&order=asc`)).status).toBe(200);
    expect((await signed(user, 'DELETE')).status).toBe(401);
  });

  it('is closed without a signature, and to tokens, whatever their scopes', async () => {
    const root = await token('root', 'users:admin');

    expect(refusal(await call(`${api()}/users`))).toEqual(refused[kind].unsigned);
    expect(refusal(await call(`${api()}/users`, 'GET', { token: root }))).toEqual(refused[kind].token);
  });

  it('is closed to a signature by another key, and to one over another request', async () => {
    const { aws } = host.state;
    const url = `${api()}/users?limit=1`;
    const forged = { ...aws, credentials: { ...aws.credentials, secretAccessKey: 'another' } };

    for (const [asked, signer] of [[url, forged] as const, [`${url}00`, aws] as const]) {
      const headers = signedHeaders('GET', url, signer);
      expect(refusal(await call(asked, 'GET', { headers }))).toEqual(refused[kind].forged);
    }
  });

  it('is no way to an internal operation', async () => {
    const answer = await signed(`${api()}/internal/users/ext-1?occurredAt=2026-11-22T10:00:00Z`, 'DELETE');

    expect([answer.status, JSON.stringify(answer.json)]).toEqual([404, expect.stringContaining('Not Found')]);
  });
});
