import type { MockResponseModel, RestApiModel, RestMethodModel } from '../../../../model/app-model.ts';
import { gunzipSync } from 'node:zlib';
import { echoEvent } from '../../fake-invoker.ts';
import { FUNCTION_ARN, restApi, restMethod } from '../../models.ts';
import { type GatewayFixture, startGateway } from '../../start-gateway.ts';
import type { BehaviourCase } from '../cases.ts';
import { toFixture, toRequest } from '../fixture-of-case.ts';
import { policy, restAuthorizer } from './authorizers.ts';
import type { SpecialCase, SpecialCases } from './special-case.ts';

type Fixture = NonNullable<SpecialCase['fixture']>;

/** The fixture that a case's own words make, with parts of the API replaced. */
function withApi(change: (api: RestApiModel) => Partial<RestApiModel>): Fixture {
  return (subject) => {
    const fixture = toFixture(subject);
    const api = fixture.rest ?? restApi();
    return { ...fixture, rest: { ...api, ...change(api) } };
  };
}

function withMethods(parts: Partial<RestMethodModel>): Fixture {
  return withApi((api) => ({ methods: api.methods.map((method) => ({ ...method, ...parts })) }));
}

function proxy(parts: object): Partial<RestMethodModel> {
  return { integration: { type: 'AWS_PROXY', functionArn: FUNCTION_ARN, timeoutMs: 29_000, ...parts } };
}

function mock(
  response: Partial<MockResponseModel>,
  template = '{"statusCode": 200}',
): Partial<RestMethodModel> {
  return {
    integration: {
      type: 'MOCK',
      requestTemplates: { 'application/json': template },
      responses: [{ statusCode: 200, headers: {}, templates: {}, ...response }],
    },
  };
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** The recorded PNG stands for any bytes: the function returns them in base64. */
const binary: SpecialCase = {
  fixture: (subject) => ({
    ...toFixture(subject),
    handler: () => ({ ...subject.setup['lambdaReturns'], body: PNG.toString('base64') }),
  }),
  expected: ({ expected }) => ({
    ...expected,
    body: expected['body'] === '<decoded bytes>' ? PNG.toString('utf8') : PNG.toString('base64'),
  }),
};

const KEY = { id: 'key1', value: '<valid>', enabled: true, stageNames: ['dev', 'api', 'Prod'] };
const keyed: SpecialCase = {
  fixture: withApi((api) => ({
    methods: api.methods.map((method) => ({ ...method, apiKeyRequired: true })),
    apiKeys: [KEY, { ...KEY, id: 'key2', value: '<disabled key>', enabled: false }],
  })),
};

const keyFromAuthorizer: SpecialCase = {
  fixture: (subject) => ({
    ...withApi((api) => ({
      methods: api.methods.map((method) => ({
        ...method,
        apiKeyRequired: true,
        authorization: { kind: 'CUSTOM', authorizerId: 'auth' } as const,
      })),
      authorizers: [restAuthorizer()],
      apiKeySource: 'AUTHORIZER',
      apiKeys: [KEY],
    }))(subject),
    authorizer: (event) => policy('Allow', event.methodArn, { usageIdentifierKey: KEY.value }),
  }),
};

const NUMBERS = {
  type: 'object',
  required: ['a', 'b'],
  properties: { a: { type: 'number' }, b: { type: 'number' } },
};

function modelUrl(name: string): object {
  return { $ref: `https://apigateway.amazonaws.com/restapis/abcdef1234/models/${name}` };
}

const PERSON = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, b: { type: 'number' }, house: modelUrl('House') },
};
const HOUSE = {
  type: 'object',
  required: ['contains'],
  properties: { contains: { type: 'array', items: modelUrl('Person') } },
};
const MODELS: Readonly<Record<string, unknown>> = {
  numbers: NUMBERS,
  list: { type: 'array', items: modelUrl('numbers') },
  StatusModel: {
    type: 'object',
    required: ['Status', 'Order'],
    properties: { Status: { type: 'string' }, Order: { type: 'number' } },
  },
  choice: {
    type: 'object',
    required: ['status'],
    properties: { status: { oneOf: [{ type: 'null' }, modelUrl('StatusModel')] } },
  },
  Person: PERSON,
  House: HOUSE,
};

function validated(model: string, requiredParameters: readonly string[] = []): SpecialCase {
  return {
    fixture: withApi((api) => ({
      models: MODELS,
      methods: (model === 'numbers' ? [restMethod('ANY /nested/{test}')] : api.methods).map((method) => ({
        ...method,
        validation: { requiredParameters, bodyModels: { 'application/json': model } },
      })),
    })),
  };
}

const THREE = [
  'method.request.querystring.qs1',
  'method.request.path.test',
  'method.request.header.x-header-param',
];
const CORS_HEADERS =
  'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent,X-Amzn-Trace-Id';

function preflight(headers: Readonly<Record<string, string>>, statusCode = 200): SpecialCase {
  const template = `{ statusCode: ${statusCode} }`;
  return {
    fixture: withApi((api) => ({
      methods: api.methods.flatMap((method) => [
        { ...method, httpMethod: 'OPTIONS', ...mock({ statusCode, headers }, template) },
        { ...method, httpMethod: 'GET', authorization: { kind: 'CUSTOM', authorizerId: 'auth' } as const },
      ]),
      authorizers: [restAuthorizer()],
    })),
  };
}

/** Sends without a stage, as some cases write their path. */
const underTest = (subject: BehaviourCase) => ({
  ...toRequest(subject),
  path: `/test${String(subject.request['path'])}`,
});
const onTest: Fixture = () => ({ rest: restApi(), handler: echoEvent });

const remapNames = (expected: BehaviourCase['expected']): readonly string[] => [
  ...Object.keys(expected['headersRemapped']),
  ...expected['headersPassedThrough'],
  ...expected['headersDropped'],
];

export const REST_CASES: SpecialCases = {
  ...Object.fromEntries(
    ['002', '008', '009', '010', '011', '012', '016', '017', '018'].map((n) => [`rest-bin-${n}`, binary]),
  ),
  ...Object.fromEntries(['001', '002', '003', '005', '006'].map((n) => [`apikey-${n}`, keyed])),
  'apikey-008': keyFromAuthorizer,
  'apikey-009': keyFromAuthorizer,
  'comp-002': {
    check: async () => {
      const gateway = await startGateway({
        rest: restApi({ minimumCompressionSize: 0 }),
        handler: () => ({ statusCode: 200, body: 'text' }),
      });
      const compressed = await gateway.send({ path: '/test/x', headers: { 'Accept-Encoding': 'gzip' } });
      const plain = await gateway.send({ path: '/test/x' });
      expect(compressed.header('content-encoding')).toEqual(['gzip']);
      expect(gunzipSync(compressed.body).toString()).toBe('text');
      expect([plain.header('content-encoding'), plain.text()]).toEqual([[], 'text']);
    },
  },
  'cors-005': preflight({
    'Access-Control-Allow-Headers': CORS_HEADERS,
    'Access-Control-Allow-Methods': 'OPTIONS,GET',
    'Access-Control-Allow-Origin': '*',
  }),
  'cors-006': preflight({
    'Access-Control-Allow-Methods': 'methods',
    'Access-Control-Allow-Headers': 'headers',
    'Access-Control-Allow-Origin': 'origins',
    'Access-Control-Max-Age': '600',
  }),
  'cors-008': preflight({ 'Access-Control-Allow-Methods': 'OPTIONS,POST' }),
  'cors-010': preflight({ 'Access-Control-Allow-Methods': 'OPTIONS,GET' }, 204),
  'limit-001': {
    fixture: onTest,
    request: () => ({ method: 'POST', path: '/test/x', body: Buffer.alloc(10 * 1024 * 1024 + 1) }),
    expected: () => ({ status: 413 }),
  },
  'mock-001': { fixture: withMethods(mock({}, '{statusCode: 200}')) },
  'rest-event-016': {
    fixture: withMethods(
      proxy({
        requestParameters: {
          'integration.request.header.Accept': "'image/png'",
          'integration.request.header.User-Agent': "'other'",
        },
      }),
    ),
  },
  'rest-event-025': { fixture: restBinaryFixture, request: underTest },
  'rest-event-026': { fixture: restBinaryFixture, request: underTest },
  'rest-event-027': { fixture: restBinaryFixture, request: underTest },
  'rest-event-029': {
    fixture: onTest,
    request: underTest,
    expected: () => ({ status: 200, event: { queryStringParameters: { a: '1', b: '2' } } }),
  },
  ...Object.fromEntries(
    ['003', '004', '005', '006', '007'].map((n) => [
      `rest-intreq-${n}`,
      {
        fixture: (subject) =>
          withMethods(proxy({ requestParameters: subject.setup['requestParameters'] }))(subject),
      },
    ]) as readonly [string, SpecialCase][],
  ),
  'rest-misc-002': {
    fixture: () => ({
      rest: restApi({
        stages: [{ name: 'api', variables: {} }],
        binaryMediaTypes: ['application/octet-stream', 'image/png'],
      }),
      handler: () => ({
        statusCode: 200,
        body: '3q2+7w==',
        isBase64Encoded: true,
        headers: { 'Content-Type': 'application/octet-stream' },
      }),
    }),
  },
  'rest-misc-003': {
    check: async ({ request }) => {
      const bytes = Buffer.from('deadbeef', 'hex');
      const gateway = await startGateway({
        rest: restApi({
          stages: [{ name: 'api', variables: {} }],
          binaryMediaTypes: ['application/octet-stream'],
        }),
        handler: (event) => ({ statusCode: 200, body: event.body, isBase64Encoded: event.isBase64Encoded }),
      });
      const response = await gateway.send({
        method: 'POST',
        path: '/api/binary',
        headers: request['headers'],
        body: bytes,
      });
      expect([response.status, response.body]).toEqual([200, bytes]);
    },
  },
  'rest-remap-001': {
    fixture: (subject) =>
      withMethods(
        mock({
          headers: Object.fromEntries(
            remapNames(subject.expected).map((name) => [name, `response_param_${name}`]),
          ),
        }),
      )(subject),
    expected: ({ expected }) => ({
      status: 200,
      headersCaseExact: Object.fromEntries([
        ...Object.entries(expected['headersRemapped'] as Record<string, string>).map(([name, sent]) => [
          sent,
          `response_param_${name}`,
        ]),
        ...(expected['headersPassedThrough'] as readonly string[]).map((name) => [
          name,
          `response_param_${name}`,
        ]),
      ]),
      headersAbsent: expected['headersDropped'],
    }),
  },
  'rest-resp-020': { fixture: withMethods(proxy({ httpMethod: 'GET' })) },
  'rest-resp-029': {
    fixture: (subject) => ({
      ...toFixture(subject),
      rest: restApi({ ...toFixture(subject).rest, methods: [restMethod('GET /')] }),
      handler: () => new Promise(() => undefined),
      dependencies: {
        timers: {
          schedule: (callback, delayMs) => {
            expect(delayMs).toBe(29_000);
            setImmediate(callback);
            return () => undefined;
          },
        },
      },
    }),
  },
  'rest-resp-031': {
    fixture: (subject) => ({
      ...toFixture(subject),
      handler: () => {
        throw new Error('no such module');
      },
    }),
    expected: ({ expected }) => ({
      contextError: expected['contextError'],
      context: { 'integration.error': "Lambda Customer Function Error:'no such module'" },
    }),
  },
  'rest-resp-032': {
    fixture: () => ({ rest: restApi(), handler: () => ['another format'] }),
    request: () => ({ path: '/test/' }),
    expected: () => ({ status: 502, body: '{"message": "Internal server error"}' }),
  },
  'rest-route-003': { fixture: withApi(() => ({ methods: [] })) },
  'rest-route-001': {},
  'rest-trace-001': {
    fixture: withMethods(mock({})),
    request: (subject) => ({
      ...toRequest(subject),
      headers: { 'X-Amzn-Trace-Id': 'Root=1-3152b799-8954dae64eda91bc9a23a7e8' },
    }),
  },
  'rest-trace-003': {
    expected: ({ request }) => ({ headers: { 'x-amzn-trace-id': request['headers']['x-amzn-trace-id'] } }),
  },
  'rest-trace-004': {
    check: async (subject) => {
      const gateway = await startGateway(toFixture(subject));
      const [header] = (await gateway.send(toRequest(subject))).header('x-amzn-trace-id');
      expect(header).toMatch(/^Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=[0-9a-f]{16};Sampled=0$/);
    },
  },
  'rest-valid-002': validated(
    'numbers',
    THREE.map((name) => name.replace('path.test', 'path.issuer')),
  ),
  'rest-valid-003': validated('numbers', THREE),
  'rest-valid-004': validated('numbers', THREE),
  'rest-valid-005': validated('numbers', THREE),
  'rest-valid-009': validated('list'),
  'rest-valid-010': validated('list'),
  'rest-valid-011': validated('choice'),
  'rest-valid-012': validated('choice'),
  'rest-valid-013': validated('choice'),
  'rest-valid-014': validated('Person'),
};

function restBinaryFixture({ setup }: BehaviourCase): GatewayFixture {
  return { rest: restApi({ binaryMediaTypes: setup['binaryMediaTypes'] }), handler: echoEvent };
}
