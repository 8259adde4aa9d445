import { createHttpApiServer } from '../http/http-api-server.ts';
import { echoEvent } from '../testing/fake-invoker.ts';
import { functionUrl, httpApi, restApi } from '../testing/models.ts';
import { parseResponse, sendBytes } from '../testing/raw-request.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

afterEach(closeGateways);

const text = () => ({ statusCode: 200, headers: { 'X-b': '1', 'x-A': '2' }, body: 'four' });

describe('the HTTP side of a gateway', () => {
  it('answers HEAD with the head of the GET and no body', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: text });

    const response = await gateway.send({ method: 'HEAD', path: '/test/a' });

    expect([response.status, response.header('content-length'), response.body.length]).toEqual([
      200,
      ['4'],
      0,
    ]);
  });

  it('keeps the order, casing and repeats of header lines', async () => {
    const multiValueHeaders = { 'X-b': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] };
    const gateway = await startGateway({
      rest: restApi(),
      handler: () => ({ multiValueHeaders, headers: { 'x-A': '3' } }),
    });

    const { headerLines } = await gateway.send({ path: '/test/a' });

    expect(headerLines.filter(([name]) => /^(x-[ab]|set-cookie)$/i.test(name))).toEqual([
      ['X-b', '1'],
      ['X-b', '2'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['x-A', '3'],
    ]);
  });

  it('sends text beyond ASCII in a header as its UTF-8 bytes', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: () => ({ headers: { 'x-a': 'é☕' } }) });

    const [value] = (await gateway.send({ path: '/test/a' })).header('x-a');

    expect(Buffer.from(value ?? '', 'latin1').toString('utf8')).toBe('é☕');
  });

  it('sends no length and no body with a 204', async () => {
    const gateway = await startGateway({ http: httpApi(), handler: () => ({ statusCode: 204, body: 'x' }) });

    const response = await gateway.send({ path: '/' });

    expect([response.status, response.header('content-length'), response.text()]).toEqual([204, [], '']);
  });

  it('tells a client that waits for it to go on', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: echoEvent });

    const response = await gateway.send({
      method: 'POST',
      path: '/test/a',
      headers: { Expect: '100-continue' },
      body: 'x',
    });

    expect(response.json()).toMatchObject({ body: 'x' });
  });

  it('takes a target in absolute form', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: echoEvent });

    const response = await gateway.send({ path: 'http://other.example/test/a?b=c' });

    expect(response.json()).toMatchObject({ path: '/a', queryStringParameters: { b: 'c' } });
  });

  it('joins the chunks of a chunked body', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: echoEvent });

    const response = await gateway.send({
      method: 'POST',
      path: '/test/a',
      headers: { 'Transfer-Encoding': 'chunked' },
      body: '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    });

    expect(response.json()).toMatchObject({ body: 'abcde' });
  });

  it('answers requests that come at once on one connection, in their order', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: (event) => ({ body: event.path }) });
    const request = (path: string, more = '') => `GET /test/${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`;

    const bytes = Buffer.from(request('first') + request('second', 'Connection: close\r\n'));
    const all = (await sendBytes(gateway.port, bytes)).toString('latin1');

    expect(all.indexOf('/first')).toBeGreaterThan(0);
    expect(all.indexOf('/second')).toBeGreaterThan(all.indexOf('/first'));
  });

  it.each([
    ['a malformed percent sequence', '/%zz', 400],
    ['a percent sequence that is cut off', '/a%2', 400],
    ['bytes that are no UTF-8', '/%ff', 200],
    ['no path but a star', '*', 400],
  ])('answers %s on an HTTP API', async (_name, path, status) => {
    const gateway = await startGateway({ http: httpApi(), handler: echoEvent });

    expect((await gateway.send({ method: 'OPTIONS', path })).status).toBe(status);
  });

  it('leaves a malformed percent sequence as it is on a REST API, which decodes no path', async () => {
    const gateway = await startGateway({ rest: restApi(), handler: echoEvent });

    expect((await gateway.send({ path: '/test/%zz?%zz=%zz' })).json()).toMatchObject({
      path: '/%zz',
      queryStringParameters: { '%zz': '%zz' },
    });
  });

  it.each([
    ['a REST API', { rest: restApi() }, 10 * 1024 * 1024, '{"message":"Request Too Long"}'],
    ['an HTTP API', { http: httpApi() }, 10 * 1024 * 1024, '{"message":"Request Entity Too Large"}'],
    ['a function URL', { url: functionUrl() }, 6 * 1024 * 1024, '{"Message":"Request Entity Too Large"}'],
  ])(
    'takes a body as large as the limit of %s, and answers 413 over it',
    async (_name, fixture, limit, body) => {
      const gateway = await startGateway({ ...fixture, handler: text });
      const headers = { 'Content-Type': 'text/plain' };

      const within = await gateway.send({
        method: 'POST',
        path: '/test/a',
        headers,
        body: Buffer.alloc(limit, 'a'),
      });
      const over = await gateway.send({
        method: 'POST',
        path: '/test/a',
        headers,
        body: Buffer.alloc(limit + 1, 'a'),
      });

      expect(within.status).toBe(200);
      expect([over.status, over.text()]).toEqual([413, body]);
      expect(over.header('connection')).toEqual(['close']);
    },
  );

  it.each([
    ['more than 10,240 bytes', 11_000],
    ['more than node:http reads', 70_000],
  ])('answers 431 to a head of %s', async (_name, bytes) => {
    const gateway = await startGateway({ rest: restApi(), handler: text });

    expect((await gateway.send({ path: '/test/a', headers: { 'x-a': 'a'.repeat(bytes) } })).status).toBe(431);
  });

  it('answers 400 to bytes that are no HTTP, and ends the connection', async () => {
    const gateway = await startGateway({ rest: restApi() });

    expect(parseResponse(await sendBytes(gateway.port, Buffer.from('\x16\x03\x01\r\n\r\n'))).status).toBe(
      400,
    );
  });

  it('says by code that its port is in use', async () => {
    const gateway = await startGateway({ http: httpApi() });
    const other = createHttpApiServer(httpApi(), {
      invoker: gateway.invoker,
      partition: 'aws',
      region: 'eu-west-1',
      accountId: '123456789012',
    });

    await expect(other.listen(gateway.port)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await other.close();
  });

  it('ends requests that are running when it is closed', async () => {
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const gateway = await startGateway({
      http: httpApi(),
      handler: () => {
        started();
        return new Promise(() => undefined);
      },
      dependencies: { timers: { schedule: () => () => undefined } },
    });

    const pending = sendBytes(gateway.port, Buffer.from('GET / HTTP/1.1\r\nHost: h\r\n\r\n'));
    await running;
    await closeGateways();

    expect((await pending).length).toBe(0);
  });
});
