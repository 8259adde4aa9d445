import type { HttpApiModel } from '../../model/app-model.ts';
import { echoEvent, endAs } from '../testing/fake-invoker.ts';
import { AUTHORIZER_ARN, httpApi, httpRoute, httpRouteV1 } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

afterEach(closeGateways);

function guardedApi(parts: Partial<HttpApiModel['authorizers'][number]> = {}): HttpApiModel {
  return httpApi({
    routes: ['GET /a', 'GET /b'].map((key) =>
      httpRoute(key, { authorization: { kind: 'CUSTOM', authorizerId: 'auth' } }),
    ),
    authorizers: [
      {
        id: 'auth',
        name: 'auth',
        functionArn: AUTHORIZER_ARN,
        payloadVersion: '2.0',
        simpleResponses: true,
        identitySources: ['$request.header.Authorization'],
        ttlSeconds: 60,
        ...parts,
      },
    ],
  });
}

const TOKEN = { Authorization: 'Bearer t' };

describe('an HTTP API', () => {
  it('gives the function a 2.0 event: lower-case headers, joined repeats, cookies apart', async () => {
    const gateway = await startGateway({
      http: httpApi({ routes: [httpRoute('GET /users/{id}')] }),
      handler: echoEvent,
    });

    const response = await gateway.send({
      path: '/users/a%20b?x=1&x=2',
      headers: { 'X-Multi': ['1', '2'], Cookie: 'a=1; b=2' },
    });

    expect(response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'GET /users/{id}',
      rawPath: '/users/a b',
      rawQueryString: 'x=1&x=2',
      cookies: ['a=1', 'b=2'],
      headers: { 'x-multi': '1,2', 'content-length': '0' },
      queryStringParameters: { x: '1,2' },
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
    });
    expect(Object.keys(response.json() as object)).not.toContain('body');
    expect((response.json() as { headers: object }).headers).not.toHaveProperty('cookie');
  });

  it('serves a named stage under its name and $default beside it', async () => {
    const stages = [
      { name: '$default', variables: {} },
      { name: 'dev', variables: { colour: 'red' } },
    ];
    const gateway = await startGateway({ http: httpApi({ stages }), handler: echoEvent });

    const named = await gateway.send({ path: '/dev/x' });
    const fallback = await gateway.send({ path: '/x' });

    expect(named.json()).toMatchObject({
      rawPath: '/dev/x',
      stageVariables: { colour: 'red' },
      requestContext: { stage: 'dev', http: { path: '/dev/x' } },
    });
    expect(fallback.json()).toMatchObject({ rawPath: '/x', requestContext: { stage: '$default' } });
  });

  it('tells a 1.0 function the path encoded and everything else of it decoded', async () => {
    const gateway = await startGateway({
      http: httpApi({ routes: [httpRouteV1('GET /a/{b}')] }),
      handler: echoEvent,
    });

    const response = await gateway.send({ path: '/a/%20?x=1&x=2', headers: { 'x-custom-HEADER': 'v' } });

    expect(response.json()).toMatchObject({
      version: '1.0',
      resource: '/a/{b}',
      path: '/a/%20',
      pathParameters: { b: ' ' },
      headers: { 'X-Custom-Header': 'v' },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      requestContext: { path: '/a/ ', resourceId: 'GET /a/{b}', identity: { userAgent: '' } },
    });
  });

  it('asks a simple authorizer once per token and hands its context on with its types', async () => {
    const gateway = await startGateway({
      http: guardedApi(),
      handler: echoEvent,
      authorizer: () => ({ isAuthorized: true, context: { admin: true, level: 3, tags: ['x'] } }),
    });

    await gateway.send({ path: '/a', headers: TOKEN });
    const response = await gateway.send({ path: '/b', headers: TOKEN });

    expect(response.json()).toMatchObject({
      requestContext: { authorizer: { lambda: { admin: true, level: 3, tags: ['x'] } } },
    });
    const asked = gateway.invoker.invocations.filter(({ functionArn }) => functionArn === AUTHORIZER_ARN);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.event).toMatchObject({
      version: '2.0',
      type: 'REQUEST',
      identitySource: ['Bearer t'],
      routeArn: 'arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/$default/GET/a',
    });
  });

  it('asks again when the TTL is over', async () => {
    let now = 1_000_000;
    const gateway = await startGateway({
      http: guardedApi(),
      authorizer: () => ({ isAuthorized: true }),
      dependencies: { clock: () => now },
    });
    await gateway.send({ path: '/a', headers: TOKEN });
    now += 60_000;
    await gateway.send({ path: '/a', headers: TOKEN });

    expect(
      gateway.invoker.invocations.filter(({ functionArn }) => functionArn === AUTHORIZER_ARN),
    ).toHaveLength(2);
  });

  it.each([
    ['a missing identity source', {}, { isAuthorized: true }, 401, 'Unauthorized'],
    ['isAuthorized: false', TOKEN, { isAuthorized: false }, 403, 'Forbidden'],
    ['an answer of another shape', TOKEN, { principalId: 'x' }, 500, 'Internal Server Error'],
    ['no answer at all', TOKEN, null, 500, 'Internal Server Error'],
  ])('answers %s by its own body', async (_name, headers, answer, status, message) => {
    const gateway = await startGateway({ http: guardedApi(), authorizer: () => answer });

    const response = await gateway.send({ path: '/a', headers });

    expect([response.status, response.text()]).toEqual([status, `{"message":"${message}"}`]);
  });

  it('answers 401 for an authorizer that throws "Unauthorized" and 500 for any other error', async () => {
    let message = 'Unauthorized';
    const gateway = await startGateway({
      http: guardedApi(),
      authorizer: () => {
        throw new Error(message);
      },
    });

    const first = await gateway.send({ path: '/a', headers: TOKEN });
    message = 'unauthorized';
    const second = await gateway.send({ path: '/a', headers: TOKEN });

    expect([first.status, second.status]).toEqual([401, 500]);
  });

  it('evaluates a policy for each route, also out of the cache', async () => {
    const gateway = await startGateway({
      http: guardedApi({ simpleResponses: false, payloadVersion: '1.0' }),
      authorizer: (event) => ({
        principalId: 'alice',
        policyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: event.methodArn } },
      }),
    });

    const allowed = await gateway.send({ path: '/a', headers: TOKEN });
    const denied = await gateway.send({ path: '/b', headers: TOKEN });

    expect([allowed.status, denied.status]).toEqual([200, 403]);
    expect(gateway.trace).toContainEqual(
      expect.objectContaining({
        stage: 'authorizer',
        outcome: 'refuse',
        reason: 'no statement of the policy allows the route',
        detail: expect.objectContaining({
          cache: 'hit',
          cacheKey: expect.stringMatching(/^\$request\.header\.Authorization#[0-9a-f]{8}$/),
        }),
      }),
    );
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('secret text');
      },
      500,
      'Internal Server Error',
    ],
    [
      'times out by itself',
      () => endAs({ kind: 'timeout', requestId: 'r', timeoutMs: 3000 }),
      500,
      'Internal Server Error',
    ],
    ['is throttled', () => endAs({ kind: 'throttled', reason: 'r' }), 503, 'Service Unavailable'],
    ['has a malformed result', () => ({ statusCode: 200, headers: 'x' }), 500, 'Internal Server Error'],
    [
      'names a header that is none',
      () => ({ statusCode: 200, headers: { 'a b': 'x' } }),
      500,
      'Internal Server Error',
    ],
    [
      'smuggles a line end',
      () => ({ statusCode: 200, headers: { a: 'x\r\nb: y' } }),
      500,
      'Internal Server Error',
    ],
  ])('answers by its own body when the function %s', async (_name, handler, status, message) => {
    const gateway = await startGateway({ http: httpApi(), handler });

    const response = await gateway.send({ path: '/' });

    expect([response.status, response.text()]).toEqual([status, `{"message":"${message}"}`]);
    expect(response.header('content-type')).toEqual(['application/json']);
  });

  it('answers 503 when the integration takes longer than its timeout', async () => {
    const delays: number[] = [];
    const gateway = await startGateway({
      http: httpApi(),
      handler: () => new Promise(() => undefined),
      dependencies: {
        timers: {
          schedule: (callback, delayMs) => {
            delays.push(delayMs);
            setImmediate(callback);
            return () => undefined;
          },
        },
      },
    });

    const response = await gateway.send({ path: '/' });

    expect([response.status, response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(delays).toEqual([30_000]);
  });

  it('answers a preflight that no route takes, by the CORS configuration', async () => {
    const cors = {
      allowOrigins: ['https://app.example'],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization'],
      exposeHeaders: [],
      maxAgeSeconds: 600,
      allowCredentials: true,
    };
    const gateway = await startGateway({ http: httpApi({ cors, routes: [httpRoute('GET /a')] }) });
    const preflight = (origin: string) =>
      gateway.send({
        method: 'OPTIONS',
        path: '/a',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
      });

    const allowed = await preflight('https://app.example');
    const refused = await preflight('https://other.example');

    expect(allowed.status).toBe(204);
    expect(allowed.header('access-control-allow-origin')).toEqual(['https://app.example']);
    expect(allowed.header('access-control-allow-methods')).toEqual(['GET,POST']);
    expect(allowed.header('access-control-allow-headers')).toEqual(['authorization']);
    expect(allowed.header('access-control-max-age')).toEqual(['600']);
    expect(allowed.header('access-control-allow-credentials')).toEqual(['true']);
    expect(refused.header('access-control-allow-origin')).toEqual([]);
    expect(gateway.invoker.invocations).toHaveLength(0);
  });

  it("replaces the handler's CORS headers and adds its own to errors", async () => {
    const cors = {
      allowOrigins: ['*'],
      allowMethods: [],
      allowHeaders: [],
      exposeHeaders: [],
      allowCredentials: false,
    };
    const gateway = await startGateway({
      http: httpApi({ cors, routes: [httpRoute('GET /a')] }),
      handler: () => ({
        statusCode: 200,
        headers: { 'Access-Control-Allow-Origin': 'https://mine.example' },
      }),
    });
    const headers = { Origin: 'https://x.example' };

    const success = await gateway.send({ path: '/a', headers });
    const missing = await gateway.send({ path: '/b', headers });

    expect(success.header('access-control-allow-origin')).toEqual(['*']);
    expect([missing.status, missing.header('access-control-allow-origin')]).toEqual([404, ['*']]);
  });
});
