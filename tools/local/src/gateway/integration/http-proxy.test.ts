import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpProxyModel } from '../../model/app-model.ts';
import { httpApi, httpRoute, restApi, restMethod } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

let backend: Server;
let origin: string;
let answer: (target: string) => { status: number; headers: Record<string, string>; body: string } | undefined;

beforeAll(async () => {
  backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const made = answer(request.url ?? '');
      if (made === undefined) return;
      const { method, url, headers } = request;
      const body =
        made.body === 'echo'
          ? JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString('base64') })
          : made.body;
      response
        .writeHead(made.status, { ...made.headers, 'Content-Length': Buffer.byteLength(body) })
        .end(body);
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
});

beforeEach(() => {
  answer = () => ({
    status: 200,
    headers: { 'Content-Type': 'application/json', Server: 'backend' },
    body: 'echo',
  });
});

afterEach(closeGateways);

afterAll(async () => {
  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
});

function proxyTo(uri: string, parts: Partial<HttpProxyModel> = {}): HttpProxyModel {
  return { type: 'HTTP_PROXY', uri, httpMethod: 'ANY', timeoutMs: 5000, requestParameters: {}, ...parts };
}

function restProxy(parts: Partial<HttpProxyModel> = {}, path = '/{p}') {
  const integration = proxyTo(`${origin}${path}`, {
    requestParameters: { 'integration.request.path.p': 'method.request.path.proxy' },
    ...parts,
  });
  return restApi({ methods: [restMethod('ANY /{proxy+}', { integration })] });
}

describe('an HTTP proxy integration of a REST API', () => {
  it('sends the request on with its query and body, and remaps what the gateway keeps to itself', async () => {
    const gateway = await startGateway({ rest: restProxy() });

    const response = await gateway.send({
      method: 'PUT',
      path: '/test/a/b?x=1',
      headers: { 'X-Own': 'v' },
      body: 'text',
    });

    expect(response.json()).toMatchObject({
      method: 'PUT',
      url: '/a/b?x=1',
      headers: {
        'x-own': 'v',
        host: origin.slice('http://'.length),
        'x-amzn-apigateway-api-id': 'abcdef1234',
      },
      body: Buffer.from('text').toString('base64'),
    });
    expect(response.header('x-amzn-remapped-server')).toEqual(['backend']);
    expect(response.header('x-amzn-remapped-content-length')).toEqual(response.header('content-length'));
    expect(response.header('x-amzn-remapped-date')).toHaveLength(1);
    expect(response.header('x-amzn-trace-id')).toEqual([]);
  });

  it('maps parameters from the request, the context, the stage and literals', async () => {
    const requestParameters = {
      'integration.request.header.x-literal': "'fixed'",
      'integration.request.header.x-stage': 'context.stage',
      'integration.request.querystring.user': 'method.request.header.x-user',
    };
    const gateway = await startGateway({ rest: restProxy({ requestParameters }, '/base') });

    const response = await gateway.send({ path: '/test/a', headers: { 'X-User': 'alice' } });

    expect(response.json()).toMatchObject({
      url: '/base?user=alice',
      headers: { 'x-literal': 'fixed', 'x-stage': 'test' },
    });
  });

  it('corrupts bytes that are no UTF-8 unless their type is a binary one', async () => {
    const bytes = Buffer.from([0xff, 0xfe]);
    const send = async (binaryMediaTypes: readonly string[]) => {
      const gateway = await startGateway({ rest: { ...restProxy(), binaryMediaTypes } });
      const headers = { 'Content-Type': 'image/png' };
      const response = await gateway.send({ method: 'POST', path: '/test/a', headers, body: bytes });
      return Buffer.from((response.json() as { body: string }).body, 'base64');
    };

    expect(await send(['image/png'])).toEqual(bytes);
    expect((await send([])).toString()).toBe('\ufffd\ufffd');
  });

  it.each([
    ['cannot be reached', { uri: 'http://127.0.0.1:1/' }, 504, 'Network error communicating with endpoint'],
    ['has an address that is none', { uri: 'https://${stageVariables.host}' }, 500, 'Internal server error'],
    [
      'is given a header that breaks it',
      { requestParameters: { 'integration.request.header.TE': "'x'" } },
      500,
      'Internal server error',
    ],
  ])('answers by itself when the backend %s', async (_name, parts, status, message) => {
    const gateway = await startGateway({ rest: restProxy(parts) });

    const response = await gateway.send({ path: '/test/a' });

    expect([response.status, response.text()]).toEqual([status, `{"message": "${message}"}`]);
  });

  it('answers 504 when the backend takes longer than the timeout', async () => {
    answer = () => undefined;
    const gateway = await startGateway({ rest: restProxy({ timeoutMs: 50 }) });

    const response = await gateway.send({ path: '/test/a' });

    expect([response.status, response.text()]).toEqual([504, '{"message": "Endpoint request timed out"}']);
  });
});

describe('an HTTP proxy integration of an HTTP API', () => {
  function httpProxy(parts: Partial<HttpProxyModel> = {}) {
    return httpApi({
      routes: [httpRoute('ANY /{proxy+}', { integration: proxyTo(`${origin}/base/{proxy}`, parts) })],
    });
  }

  it('sends the request on, with Forwarded in the place of X-Forwarded-*', async () => {
    const gateway = await startGateway({ http: httpProxy() });

    const response = await gateway.send({ path: '/a/b%20c?x=1' });

    expect(response.json()).toMatchObject({
      url: '/base/a/b%20c?x=1',
      headers: { forwarded: `for=127.0.0.1;host=127.0.0.1:${gateway.port};proto=https` },
    });
    expect((response.json() as { headers: object }).headers).not.toHaveProperty('x-forwarded-for');
  });

  it('appends, overwrites and removes what its parameter mapping says', async () => {
    const requestParameters = {
      'append:header.x-user': '$request.header.x-who',
      'overwrite:header.x-own': 'user-${request.path.proxy}',
      'remove:header.x-gone': "''",
      'append:querystring.stage': '$context.stage',
      'remove:querystring.x': "''",
      'overwrite:path': '/other',
    };
    const gateway = await startGateway({ http: httpProxy({ requestParameters }) });

    const response = await gateway.send({
      path: '/a?x=1&y=2',
      headers: { 'x-who': 'alice', 'x-own': 'old', 'x-gone': 'old' },
    });

    const { url, headers } = response.json() as { url: string; headers: Record<string, string> };
    expect(url).toBe('/other?y=2&stage=%24default');
    expect(headers).toMatchObject({ 'x-user': 'alice', 'x-own': 'user-a' });
    expect(headers).not.toHaveProperty('x-gone');
  });

  it('answers 503 when the backend cannot be reached', async () => {
    const gateway = await startGateway({ http: httpProxy({ uri: 'http://127.0.0.1:1/' }) });

    const response = await gateway.send({ path: '/a' });

    expect([response.status, response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});
