import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { startTestServer, type Answer, type TestServer } from '../testing/index.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import type { HttpClientRequest } from './http-message.ts';

let server: TestServer;
let client: HttpClient;
let answer: Answer;

function start(options: HttpClientOptions = {}): void {
  client = createHttpClient({ random: () => 0, ...options });
}
beforeEach(async () => {
  answer = (response) => void response.end('ok');
  server = await startTestServer((response, request) => answer(response, request));
  start();
});
afterEach(async () => {
  client.close();
  await server.close();
});

const text = (body: Uint8Array): string => Buffer.from(body).toString();

describe('createHttpClient', () => {
  it('sends a request and gives the answer of any status', async () => {
    answer = (response) => response.writeHead(404, { 'X-A': 'b', 'set-cookie': ['a=1', 'b=2'] }).end('gone');
    const response = await client.request({ url: `${server.url}/a/b?c=d`, headers: { 'X-Own': 'e' } });
    expect(response).toMatchObject({ status: 404, attempts: 1 });
    expect(response.headers).toMatchObject({ 'x-a': 'b', 'set-cookie': 'a=1\nb=2' });
    expect(text(response.body)).toBe('gone');
    expect(server.seen).toMatchObject([{ method: 'GET', url: '/a/b?c=d', headers: { 'x-own': 'e' } }]);
    expect(server.seen[0]?.headers).not.toHaveProperty('content-length');
  });

  it('sends JSON with its type and length', async () => {
    await client.request({ url: server.url, json: { name: 'ü' } });
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '13' },
      body: Buffer.from('{"name":"ü"}'),
    });
  });

  it('adds a query to that of the URL, encoded', async () => {
    await client.request({
      url: `${server.url}/?a=1`,
      query: { b: 'x&y=z #', list: ['1', '2'], none: undefined, n: 3 },
    });
    expect(server.seen[0]?.url).toBe('/?a=1&b=x%26y%3Dz%20%23&list=1&list=2&n=3');
  });

  it('keeps what one call adds to a URL out of the next call to it', async () => {
    const url = `${server.url}/a#part`;
    for (const query of [{ b: '1' }, undefined, { c: '2' }]) {
      await client.request({ url, headers: { 'x-own': 'd' }, ...(query !== undefined && { query }) });
    }
    await client.request({ url: new URL(url) });
    expect(server.seen.map((seen) => seen.url)).toEqual(['/a?b=1', '/a', '/a?c=2', '/a']);
    expect(server.seen[3]?.headers).not.toHaveProperty('x-own');
  });

  it('parses JSON, and checks it', async () => {
    answer = (response) => void response.end('{"a":1}');
    expect(await client.json({ url: server.url })).toEqual({ a: 1 });
    const failing = client.json({ url: server.url }, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toMatchObject({ code: 'CLIENTS_RESPONSE_INVALID', status: 200 });
  });

  it.each([
    ['a status that is no success', 500, '{}', 'CLIENTS_STATUS'],
    ['a body that is no JSON', 200, '<html>', 'CLIENTS_RESPONSE_INVALID'],
  ])('refuses as JSON %s', async (_name, status, body, code) => {
    answer = (response) => response.writeHead(status).end(body);
    await expect(client.json({ url: server.url, retries: 0 })).rejects.toMatchObject({ code, status });
  });

  it('stops when the caller aborts, before, during and between tries', async () => {
    answer = () => undefined;
    const before = AbortSignal.abort(new Error('why'));
    await expect(client.request({ url: server.url, signal: before })).rejects.toMatchObject({
      code: 'CLIENTS_ABORTED',
      cause: { message: 'why' },
    });
    const during = new AbortController();
    setTimeout(() => during.abort(), 20);
    await expect(client.request({ url: server.url, signal: during.signal })).rejects.toMatchObject({
      code: 'CLIENTS_ABORTED',
    });
    answer = (response) => response.writeHead(503, { 'retry-after': '5' }).end();
    const between = new AbortController();
    setTimeout(() => between.abort(), 50);
    await expect(client.request({ url: server.url, signal: between.signal })).rejects.toMatchObject({
      code: 'CLIENTS_ABORTED',
    });
  });

  it('ends before the invocation does', async () => {
    answer = () => undefined;
    start({ remainingMs: () => 150 });
    const startedMs = performance.now();
    await expect(client.request({ url: server.url })).rejects.toMatchObject({ code: 'CLIENTS_TIMEOUT' });
    expect(performance.now() - startedMs).toBeLessThan(150);
  });
});

describe('inflation', () => {
  const long = 'gatehouse '.repeat(20_000);
  it.each([
    ['gzip', gzipSync('hello'), 'gzip', 'hello'],
    ['brotli', brotliCompressSync('hello'), 'br', 'hello'],
    ['gzip within brotli', brotliCompressSync(gzipSync('hello')), 'gzip, br', 'hello'],
    ['a large body', gzipSync(long, { level: 0 }), 'GZIP', long],
    ['no encoding', Buffer.from('hello'), 'identity', 'hello'],
    ['an empty body', Buffer.alloc(0), 'gzip', ''],
  ])('undoes %s', async (_name, body, encoding, expected) => {
    answer = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
    expect(text((await client.request({ url: server.url })).body)).toBe(expected);
    expect(server.seen[0]?.headers['accept-encoding']).toBe('gzip, br');
  });

  it.each([
    ['a bomb', gzipSync(Buffer.alloc(5_000_000)), 'gzip', 'CLIENTS_RESPONSE_TOO_LARGE'],
    ['a bomb of brotli', brotliCompressSync(Buffer.alloc(5_000_000)), 'br', 'CLIENTS_RESPONSE_TOO_LARGE'],
    ['a large bomb', gzipSync(Buffer.alloc(50_000_000)), 'gzip', 'CLIENTS_RESPONSE_TOO_LARGE'],
    ['damaged gzip', Buffer.from('no gzip'), 'gzip', 'CLIENTS_RESPONSE_INVALID'],
    ['cut gzip', gzipSync(long).subarray(0, 50), 'gzip', 'CLIENTS_RESPONSE_INVALID'],
    ['many encodings', gzipSync(gzipSync('x')), 'gzip, gzip, gzip, gzip', 'CLIENTS_RESPONSE_INVALID'],
    ['an encoding that was not asked for', Buffer.from('x'), 'zstd', 'CLIENTS_RESPONSE_INVALID'],
  ])('refuses %s', async (_name, body, encoding, code) => {
    answer = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
    await expect(client.request({ url: server.url })).rejects.toMatchObject({ code });
  });
});

describe('the cap on an answer', () => {
  it('refuses a declared length at once', async () => {
    answer = (response) => void response.writeHead(200, { 'content-length': '2000000' }).write('a');
    await expect(client.request({ url: server.url })).rejects.toMatchObject({
      code: 'CLIENTS_RESPONSE_TOO_LARGE',
    });
  });

  it('stops reading a body without length', async () => {
    let sent = 0;
    answer = (response) => {
      const more = (): void => {
        while (!response.destroyed && sent < 50_000_000 && response.write(Buffer.alloc(65_536)))
          sent += 65_536;
      };
      response.on('drain', more);
      more();
    };
    const call = client.request({ url: server.url, maxResponseBytes: 100_000 });
    await expect(call).rejects.toMatchObject({ code: 'CLIENTS_RESPONSE_TOO_LARGE' });
    expect(sent).toBeLessThan(50_000_000);
  });
});

describe('what input cannot become', () => {
  const refused: [name: string, request: Partial<HttpClientRequest>][] = [
    ['a line break in a header value', { headers: { a: 'b\r\nx: y' } }],
    ['a line feed in a header value', { headers: { a: 'b\nx: y' } }],
    ['a zero byte in a header value', { headers: { a: 'b\0' } }],
    ['a character beyond Latin-1 in a header value', { headers: { a: '\u010d\u010a' } }],
    ['a line break in a header name', { headers: { 'a\r\nx': 'b' } }],
    ['a colon in a header name', { headers: { 'a:': 'b' } }],
    ['an empty header name', { headers: { '': 'b' } }],
    ['a host', { headers: { Host: 'other' } }],
    ['a length', { headers: { 'Content-Length': '0' } }],
    ['a transfer encoding', { headers: { 'transfer-encoding': 'chunked' } }],
    ['a connection', { headers: { connection: 'close' } }],
    ['an upgrade', { headers: { upgrade: 'h2c' } }],
    ['a method with a line break', { method: 'GET / HTTP/1.1\r\nx: y' }],
    ['a CONNECT', { method: 'connect' }],
    ['a line break in the URL', { url: 'http://127.0.0.1/\r\nx' }],
    ['a tab in the URL', { url: 'http://127.0.0.1/\ta' }],
    ['a space in the URL', { url: 'http://127.0.0.1/a HTTP/1.1' }],
    ['a backslash in the URL', { url: 'http:\\\\127.0.0.1\\a' }],
    ['user information in the URL', { url: 'http://good.example@127.0.0.1/' }],
    ['a URL of another scheme', { url: 'file:///etc/passwd' }],
    ['a relative URL', { url: '/a' }],
    ['a body and JSON', { body: 'a', json: {} }],
    ['a value that JSON does not have', { json: () => undefined }],
    ['a lone surrogate in the query', { query: { a: '\ud800' } }],
  ];
  it.each(refused)('%s', async (_name, request) => {
    await expect(client.request({ url: server.url, ...request })).rejects.toMatchObject({
      code: 'CLIENTS_REQUEST_INVALID',
    });
    expect(server.seen).toEqual([]);
  });

  it('whatever a header, a query or a path segment holds, one request with that very value arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        async (value, member) => {
          server.seen.length = 0;
          const sent = await client
            .request({ url: server.url, headers: { 'x-value': value }, query: { member } })
            .then(() => true)
            .catch(() => false);
          expect(server.seen).toHaveLength(sent ? 1 : 0);
          if (!sent) return;
          const [request] = server.seen;
          expect(
            request?.rawHeaders
              .filter((_, index) => index % 2 === 0)
              .map((name) => name.toLowerCase())
              .sort(),
          ).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent', 'x-value'].sort());
          expect(request?.headers['x-value']).toBe(value.replace(/^[\t ]+|[\t ]+$/g, ''));
          expect(new URL(request?.url ?? '', server.url).searchParams.get('member')).toBe(member);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves the value out of the error', async () => {
    const call = client.request({ url: server.url, headers: { authorization: 'Bearer s3cret\n' } });
    await expect(call).rejects.toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('s3cret') }),
    );
  });
});

describe('redirects', () => {
  const redirect =
    (status: number, location: string): Answer =>
    (response, request) =>
      request.url === '/start'
        ? response.writeHead(status, { location }).end()
        : void response.end('arrived');

  it('are answers by default', async () => {
    answer = redirect(302, '/next');
    expect((await client.request({ url: `${server.url}/start` })).status).toBe(302);
    expect(server.seen).toHaveLength(1);
  });

  it('are followed when asked for, with the headers on the same origin', async () => {
    answer = redirect(307, '/next');
    const request = { url: `${server.url}/start`, headers: { authorization: 'Bearer a' }, maxRedirects: 1 };
    expect(text((await client.request(request)).body)).toBe('arrived');
    expect(server.seen[1]).toMatchObject({ url: '/next', headers: { authorization: 'Bearer a' } });
  });

  it('take no credentials to another origin', async () => {
    const other = await startTestServer();
    answer = redirect(302, `${other.url}/next`);
    const headers = {
      authorization: 'Bearer a',
      cookie: 'b',
      'x-api-key': 'c',
      'x-amz-date': 'd',
      accept: 'text/plain',
    };
    await client.request({ url: `${server.url}/start`, headers, maxRedirects: 1 });
    expect(other.seen[0]?.headers).toMatchObject({ accept: 'text/plain' });
    for (const name of ['authorization', 'cookie', 'x-api-key', 'x-amz-date']) {
      expect(other.seen[0]?.headers).not.toHaveProperty(name);
    }
    await other.close();
  });

  it('end at the number that was allowed', async () => {
    answer = (response) => response.writeHead(302, { location: '/again' }).end();
    expect((await client.request({ url: server.url, maxRedirects: 3 })).status).toBe(302);
    expect(server.seen).toHaveLength(4);
  });

  it('are not followed with a body', async () => {
    answer = redirect(308, '/next');
    const response = await client.request({
      url: `${server.url}/start`,
      method: 'POST',
      body: 'a',
      maxRedirects: 1,
    });
    expect(response.status).toBe(308);
  });

  it.each([
    ['to another scheme', 'file:///etc/passwd'],
    ['to nowhere', 'http://['],
  ])('are refused %s', async (_name, location) => {
    answer = redirect(302, location);
    const call = client.request({ url: `${server.url}/start`, maxRedirects: 1 });
    await expect(call).rejects.toMatchObject({ code: 'CLIENTS_RESPONSE_INVALID' });
  });
});
