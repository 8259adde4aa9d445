import { closeGateways, startGateway } from '../testing/start-gateway.ts';
import { AUTHORIZER_ARN, restApi, restMethod } from '../testing/models.ts';
import { echoEvent } from '../testing/fake-invoker.ts';

afterEach(closeGateways);

describe('a REST API', () => {
  it('gives the function the whole v1 event and sends its answer on', async () => {
    const gateway = await startGateway({
      rest: restApi({ methods: [restMethod('ANY /{proxy+}')] }),
      handler: echoEvent,
    });

    const response = await gateway.send({
      path: '/test/proxy-value/?a=1&a=2+3',
      headers: { aUThorization: 'x' },
    });

    expect(response.status).toBe(200);
    expect(response.header('content-type')).toEqual(['application/json']);
    expect(response.json()).toMatchObject({
      resource: '/{proxy+}',
      path: '/proxy-value/',
      httpMethod: 'GET',
      headers: { Authorization: 'x', Host: `127.0.0.1:${gateway.port}` },
      queryStringParameters: { a: '2 3' },
      multiValueQueryStringParameters: { a: ['1', '2 3'] },
      pathParameters: { proxy: 'proxy-value' },
      stageVariables: null,
      requestContext: { path: '/test/proxy-value/', stage: 'test', resourcePath: '/{proxy+}' },
      body: null,
      isBase64Encoded: false,
    });
  });

  it('answers 403 for a path that no resource takes, and names the reason in the trace alone', async () => {
    const gateway = await startGateway({ rest: restApi({ methods: [restMethod('GET /a')] }) });

    const response = await gateway.send({ path: '/test/b' });

    expect(response.status).toBe(403);
    expect(response.text()).toBe('{"message":"Missing Authentication Token"}');
    expect(response.header('x-amzn-errortype')).toEqual(['MissingAuthenticationTokenException']);
    expect(gateway.trace).toContainEqual(
      expect.objectContaining({
        stage: 'route',
        outcome: 'refuse',
        status: 403,
        reason: 'no resource takes GET /b',
      }),
    );
  });

  it('asks a TOKEN authorizer once per token and evaluates its policy for every method', async () => {
    const gateway = await startGateway({
      rest: restApi({
        methods: ['GET /a', 'GET /b'].map((key) =>
          restMethod(key, { authorization: { kind: 'CUSTOM', authorizerId: 'auth' } }),
        ),
        authorizers: [
          {
            id: 'auth',
            name: 'auth',
            type: 'TOKEN',
            functionArn: AUTHORIZER_ARN,
            identitySources: ['method.request.header.Authorization'],
            ttlSeconds: 300,
          },
        ],
      }),
      handler: echoEvent,
      authorizer: (event) => ({
        principalId: 'alice',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn }],
        },
        context: { admin: true, level: 3 },
      }),
    });
    const headers = { Authorization: 'Bearer t' };

    const allowed = await gateway.send({ path: '/test/a', headers });
    const denied = await gateway.send({ path: '/test/b', headers });
    const anonymous = await gateway.send({ path: '/test/a' });

    expect(allowed.json()).toMatchObject({
      requestContext: { authorizer: { principalId: 'alice', admin: 'true', level: '3' } },
    });
    expect([denied.status, denied.text()]).toEqual([
      403,
      '{"Message":"User is not authorized to access this resource"}',
    ]);
    expect([anonymous.status, anonymous.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(
      gateway.invoker.invocations.filter(({ functionArn }) => functionArn === AUTHORIZER_ARN),
    ).toHaveLength(1);
  });
});
