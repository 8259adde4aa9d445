import { createHttpClient } from '@gatehouse/clients';
import { startTestServer, type Answer, type TestServer } from '@gatehouse/clients/testing';
import { createDocumentFetcher } from './fetch-document.ts';

let server: TestServer;
let answer: Answer;
const client = createHttpClient({ random: () => 0 });
const fetch = createDocumentFetcher(client);

beforeEach(async () => {
  server = await startTestServer((response, request) => answer(response, request));
});
afterEach(async () => {
  client.close();
  await server.close();
});

const request = (method: 'GET' | 'POST') => ({
  url: `${server.url}/document`,
  method,
  headers: { accept: 'application/json' },
  timeoutMs: 1_500,
  maxBytes: 100,
});

describe('createDocumentFetcher', () => {
  it('gives the answer’s status and bytes', async () => {
    answer = (response) => response.writeHead(404).end('gone');
    await expect(fetch(request('GET'))).resolves.toEqual({ status: 404, body: Buffer.from('gone') });
    expect(server.seen).toMatchObject([{ method: 'GET', url: '/document' }]);
  });

  it.each([
    ['an answer of 503', (response) => response.writeHead(503).end()],
    ['a broken connection', (response) => response.destroy()],
  ] as [string, Answer][])('sends one request for a key set, even for %s', async (_, given) => {
    answer = given;
    await fetch(request('GET')).catch(() => undefined);
    expect(server.seen).toHaveLength(1);
  });

  it('tries introspection, which no held answer bridges, once more', async () => {
    answer = (response) => response.writeHead(server.seen.length === 1 ? 503 : 200).end('{}');
    await expect(fetch({ ...request('POST'), body: 'token=t' })).resolves.toMatchObject({ status: 200 });
    expect(server.seen.map(({ body }) => String(body))).toEqual(['token=t', 'token=t']);
  });

  it('takes a redirect for an answer, and refuses a body over its limit', async () => {
    answer = (response) => response.writeHead(302, { location: '/other' }).end();
    await expect(fetch(request('GET'))).resolves.toMatchObject({ status: 302 });
    expect(server.seen).toHaveLength(1);
    answer = (response) => void response.end('x'.repeat(101));
    await expect(fetch(request('GET'))).rejects.toMatchObject({ code: 'CLIENTS_RESPONSE_TOO_LARGE' });
  });
});
