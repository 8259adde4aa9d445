import type { RestApiModel, RestMethodModel } from '../../model/app-model.ts';
import { echoEvent, endAs, type FakeFunction } from '../testing/fake-invoker.ts';
import { AUTHORIZER_ARN, restApi, restMethod } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

afterEach(closeGateways);

const CUSTOM = { kind: 'CUSTOM', authorizerId: 'auth' } as const;

function guarded(
  parts: Partial<RestApiModel['authorizers'][number]> = {},
  method: Partial<RestMethodModel> = {},
): RestApiModel {
  return restApi({
    methods: [restMethod('GET /a', { authorization: CUSTOM, ...method })],
    authorizers: [
      {
        id: 'auth',
        name: 'auth',
        type: 'TOKEN',
        functionArn: AUTHORIZER_ARN,
        identitySources: ['method.request.header.Authorization'],
        ttlSeconds: 300,
        ...parts,
      },
    ],
  });
}

const TOKEN = { Authorization: 'Bearer t' };

function policy(parts: object = {}): FakeFunction {
  return (event) => ({
    principalId: 'alice',
    policyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: event.methodArn }] },
    ...parts,
  });
}

describe('a REST API that answers by itself', () => {
  it.each<[string, FakeFunction, number, string, string]>([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
      502,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'runs out of its own time',
      () => endAs({ kind: 'timeout', requestId: 'r', timeoutMs: 1 }),
      502,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'is throttled',
      () => endAs({ kind: 'throttled', reason: 'r' }),
      500,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'cannot be run',
      () => endAs({ kind: 'unavailable', reason: 'r' }),
      500,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'would get too large an event',
      () => endAs({ kind: 'request-too-large', payloadBytes: 7, limitBytes: 6 }),
      413,
      '{"message":"Request Too Long"}',
      'RequestTooLargeException',
    ],
  ])('when the function %s', async (_name, handler, status, body, errorType) => {
    const gateway = await startGateway({ rest: restApi(), handler });

    const response = await gateway.send({ path: '/test/a' });

    expect([response.status, response.text()]).toEqual([status, body]);
    expect(response.header('x-amzn-errortype')).toEqual([errorType]);
    expect(response.header('x-amzn-trace-id')).toEqual([]);
    expect(response.header('x-amzn-requestid')).toHaveLength(1);
  });

  it.each<[string, FakeFunction, number, string]>([
    [
      'throws "Unauthorized"',
      () => {
        throw new Error('Unauthorized');
      },
      401,
      '{"message":"Unauthorized"}',
    ],
    [
      'throws anything else',
      () => {
        throw new Error('Unauthorised');
      },
      500,
      '{"message":null}',
    ],
    ['answers nothing', () => null, 500, '{"message":null}'],
    ['names no principal', policy({ principalId: undefined }), 500, '{"message":null}'],
    ['has no policy', policy({ policyDocument: undefined }), 500, '{"message":null}'],
    ['puts a list into the context', policy({ context: { roles: ['admin'] } }), 500, '{"message":null}'],
    [
      'denies',
      policy({ policyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] } }),
      403,
      '{"Message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
    ],
    [
      'allows another action',
      policy({ policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } }),
      403,
      '{"Message":"User is not authorized to access this resource"}',
    ],
  ])('when the authorizer %s', async (_name, authorizer, status, body) => {
    const gateway = await startGateway({ rest: guarded(), authorizer });

    const response = await gateway.send({ path: '/test/a', headers: TOKEN });

    expect([response.status, response.text()]).toEqual([status, body]);
  });

  it.each([
    ['is missing', {}, {}],
    ['is empty', { Authorization: '' }, {}],
    [
      'does not match the expression as a whole',
      { Authorization: 'Bearer t!' },
      { identityValidationExpression: 'Bearer [a-z]+' },
    ],
    [
      'is one of two and the other is missing',
      TOKEN,
      {
        type: 'REQUEST' as const,
        identitySources: ['method.request.header.Authorization', 'method.request.querystring.q'],
      },
    ],
  ])('by 401, without asking the authorizer, when the identity source %s', async (_name, headers, parts) => {
    const gateway = await startGateway({ rest: guarded(parts), authorizer: policy() });

    const response = await gateway.send({ path: '/test/a', headers });

    expect([response.status, gateway.invoker.invocations.length]).toEqual([401, 0]);
  });

  it('by 403 for a stage that does not exist', async () => {
    const gateway = await startGateway({ rest: restApi() });

    const response = await gateway.send({ path: '/other/a' });

    expect([response.status, response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });

  it('by another text when a bearer token comes to a path that does not exist', async () => {
    const gateway = await startGateway({ rest: restApi({ methods: [] }) });

    const response = await gateway.send({ path: '/test/a', headers: TOKEN });

    expect(response.status).toBe(403);
    expect(response.text()).toMatch(
      /^\{"message":"Invalid key=value pair \(missing equal-sign\) in Authorization header/,
    );
    expect(response.text()).not.toContain('Bearer');
  });
});

describe('the cache of an authorizer', () => {
  const asked = (gateway: { invoker: { invocations: readonly { functionArn: string }[] } }): number =>
    gateway.invoker.invocations.filter(({ functionArn }) => functionArn === AUTHORIZER_ARN).length;

  it.each([
    ['keeps an answer for its TTL', 300, 299_999, 1],
    ['forgets it after that', 300, 300_000, 2],
    ['is off with a TTL of 0', 0, 0, 2],
  ])('%s', async (_name, ttlSeconds, laterMs, times) => {
    let now = 1_000_000;
    const gateway = await startGateway({
      rest: guarded({ ttlSeconds }),
      handler: echoEvent,
      authorizer: policy({ context: { n: 1 } }),
      dependencies: { clock: () => now },
    });

    await gateway.send({ path: '/test/a', headers: TOKEN });
    now += laterMs;
    const second = await gateway.send({ path: '/test/a', headers: TOKEN });

    expect(second.json()).toMatchObject({ requestContext: { authorizer: { principalId: 'alice', n: '1' } } });
    expect(asked(gateway)).toBe(times);
  });

  it('tells values apart whose texts joined are the same', async () => {
    const identitySources = ['method.request.querystring.a', 'method.request.querystring.b'];
    const gateway = await startGateway({
      rest: guarded({ type: 'REQUEST', identitySources }),
      authorizer: policy(),
    });

    await gateway.send({ path: '/test/a?a=1&b=23' });
    await gateway.send({ path: '/test/a?a=12&b=3' });

    expect(asked(gateway)).toBe(2);
  });

  it('does not keep a failure', async () => {
    let fails = true;
    const gateway = await startGateway({
      rest: guarded(),
      authorizer: (event) => {
        if (fails) throw new Error('down');
        return policy()(event);
      },
    });

    const first = await gateway.send({ path: '/test/a', headers: TOKEN });
    fails = false;
    const second = await gateway.send({ path: '/test/a', headers: TOKEN });

    expect([first.status, second.status]).toEqual([500, 200]);
  });
});

describe('an API key', () => {
  const apiKeys = [
    { id: 'k1', value: 'good', enabled: true, stageNames: ['test'] },
    { id: 'k2', value: 'disabled', enabled: false, stageNames: ['test'] },
    { id: 'k3', value: 'elsewhere', enabled: true, stageNames: ['other'] },
  ];

  it.each([
    ['none', undefined, 403],
    ['an unknown one', 'bad', 403],
    ['a disabled one', 'disabled', 403],
    ['one for another stage', 'elsewhere', 403],
    ['a good one', 'good', 200],
  ])('from the header: %s', async (_name, key, status) => {
    const gateway = await startGateway({
      rest: restApi({ apiKeys, methods: [restMethod('GET /a', { apiKeyRequired: true })] }),
      handler: echoEvent,
    });

    const response = await gateway.send({
      path: '/test/a',
      headers: key === undefined ? {} : { 'X-API-Key': key },
    });

    expect(response.status).toBe(status);
    expect(response.json()).toMatchObject(
      status === 200
        ? { requestContext: { identity: { apiKey: 'good', apiKeyId: 'k1' } } }
        : { message: 'Forbidden' },
    );
  });

  it('from the authorizer makes the header useless', async () => {
    const rest: RestApiModel = {
      ...guarded({}, { apiKeyRequired: true }),
      apiKeySource: 'AUTHORIZER',
      apiKeys,
    };
    const gateway = await startGateway({ rest, authorizer: policy() });

    const response = await gateway.send({ path: '/test/a', headers: { ...TOKEN, 'x-api-key': 'good' } });

    expect([response.status, response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });
});
