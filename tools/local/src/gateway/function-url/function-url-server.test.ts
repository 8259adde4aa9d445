import { echoEvent, endAs } from '../testing/fake-invoker.ts';
import { functionUrl } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

afterEach(closeGateways);

describe('a function URL', () => {
  it('gives the function a 2.0 event with the path still encoded and the cookie header kept', async () => {
    const gateway = await startGateway({ url: functionUrl(), handler: echoEvent });

    const response = await gateway.send({
      method: 'POST',
      path: '/a%20b?x=1&x=2',
      headers: { Cookie: 'a=1; b=2', 'Content-Type': 'application/json' },
      body: '{}',
    });

    expect(response.json()).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a%20b',
      rawQueryString: 'x=1&x=2',
      cookies: ['a=1', 'b=2'],
      headers: { cookie: 'a=1; b=2' },
      queryStringParameters: { x: '1,2' },
      requestContext: { accountId: 'anonymous', apiId: 'urlid12345', stage: '$default' },
      body: '{}',
      isBase64Encoded: false,
    });
  });

  it("shows Lambda's own request id", async () => {
    const gateway = await startGateway({ url: functionUrl() });

    const response = await gateway.send({ path: '/' });

    expect(response.header('x-amzn-requestid')).toEqual(['invocation-1']);
  });

  it.each([
    ['throttled', () => endAs({ kind: 'throttled', reason: 'r' }), 429],
    ['out of time', () => endAs({ kind: 'timeout', requestId: 'r', timeoutMs: 1 }), 502],
    ['malformed', () => ({ statusCode: 'x' }), 502],
  ])('answers by itself when the invocation is %s', async (_name, handler, status) => {
    const gateway = await startGateway({ url: functionUrl(), handler });

    expect((await gateway.send({ path: '/' })).status).toBe(status);
  });

  it('refuses an unsigned call when its auth type is AWS_IAM', async () => {
    const gateway = await startGateway({ url: functionUrl({ authType: 'AWS_IAM' }) });

    const response = await gateway.send({ path: '/' });

    expect([response.status, response.header('x-amzn-errortype')]).toEqual([403, ['AccessDeniedException']]);
    expect(response.json()).toEqual({ Message: expect.stringMatching(/^Forbidden/) });
    expect(gateway.invoker.invocations).toHaveLength(0);
  });

  it('sends what a response stream declares in its prelude', async () => {
    const prelude = { statusCode: 201, headers: { 'X-A': 'b' }, cookies: ['c=1'] };
    const payload = Buffer.concat([
      Buffer.from(JSON.stringify(prelude)),
      Buffer.alloc(8),
      Buffer.from('body'),
    ]);
    const gateway = await startGateway({
      url: functionUrl({ invokeMode: 'RESPONSE_STREAM' }),
      handler: () =>
        endAs({
          kind: 'success',
          requestId: 'r',
          payload,
          contentType: 'application/vnd.awslambda.http-integration-response',
        }),
    });

    const response = await gateway.send({ path: '/' });

    expect([response.status, response.text()]).toEqual([201, 'body']);
    expect(response.header('x-a')).toEqual(['b']);
    expect(response.header('set-cookie')).toEqual(['c=1']);
  });
});
