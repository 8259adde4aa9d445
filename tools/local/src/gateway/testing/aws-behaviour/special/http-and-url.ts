import { SignatureV4 } from '@smithy/signature-v4';
import { echoEvent, endAs } from '../../fake-invoker.ts';
import { functionUrl, httpApi, httpRoute, httpRouteV1 } from '../../models.ts';
import { Sha256 } from '../../sha256.ts';
import { startGateway } from '../../start-gateway.ts';
import { toFixture, toRequest } from '../fixture-of-case.ts';
import { AUTHORIZER_CASES } from './authorizers.ts';
import type { SpecialCase, SpecialCases } from './special-case.ts';

const FIVE_BYTES = Buffer.from([1, 2, 3, 4, 5]);
const five: SpecialCase['request'] = (subject) => ({ ...toRequest(subject), body: FIVE_BYTES });

export const HTTP_AND_URL_CASES: SpecialCases = {
  'cors-003': {
    check: async () => {
      const made = AUTHORIZER_CASES['hauth-006']?.fixture?.({} as never);
      const guarded = made?.http?.routes ?? [];
      const cors = {
        allowOrigins: ['*'],
        allowMethods: ['*'],
        allowHeaders: [],
        exposeHeaders: [],
        allowCredentials: false,
      };
      const preflight = {
        method: 'OPTIONS',
        path: '/x',
        headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET' },
      };
      const caught = await startGateway({ ...made, http: httpApi({ ...made?.http, cors, routes: guarded }) });
      const open = await startGateway({
        ...made,
        http: httpApi({ ...made?.http, cors, routes: [...guarded, httpRoute('OPTIONS /{proxy+}')] }),
      });
      expect((await caught.send(preflight)).status).toBe(401);
      expect((await open.send(preflight)).status).toBe(200);
    },
  },
  'furl-019': {
    fixture: (subject) => {
      const payload = Buffer.from('{"statusCode":200,"body":"text"}');
      return { ...toFixture(subject), handler: () => endAs({ kind: 'success', requestId: 'r', payload }) };
    },
    expected: () => ({ status: 200, body: '{"statusCode":200,"body":"text"}' }),
  },
  'furl-020': {
    fixture: (subject) => {
      const payload = Buffer.from(`{"statusCode":200,"headers":{"X-A":"b"}}${'\0'.repeat(8)}Hello, world!`);
      const contentType = 'application/vnd.awslambda.http-integration-response';
      return {
        ...toFixture(subject),
        handler: () => endAs({ kind: 'success', requestId: 'r', payload, contentType }),
      };
    },
  },
  'furl-027': {
    fixture: () => ({
      url: functionUrl({
        cors: {
          allowOrigins: ['*'],
          allowMethods: [],
          allowHeaders: [],
          exposeHeaders: [],
          allowCredentials: false,
        },
      }),
      handler: () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } }),
    }),
  },
  'furl-030': { expected: () => ({ status: 403, bodyContains: '{"Message":"Forbidden' }) },
  'furl-032': {
    fixture: () => ({
      url: functionUrl(),
      handler: () => endAs({ kind: 'throttled', reason: 'reserved concurrency 0' }),
    }),
  },
  'furl-033': {
    request: (subject) => ({
      ...toRequest(subject),
      headers: { Host: 'urlid12345.lambda-url.eu-west-1.on.aws' },
    }),
    expected: ({ expected }) => ({
      ...expected,
      event: {
        ...expected['event'],
        requestContext: {
          ...expected['event'].requestContext,
          apiId: 'urlid12345',
          domainPrefix: 'urlid12345',
          domainName: 'urlid12345.lambda-url.eu-west-1.on.aws',
        },
      },
    }),
  },
  'furl-035': {
    check: async ({ expected }) => {
      const credential = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
      const gateway = await startGateway({
        url: functionUrl({ authType: 'AWS_IAM' }),
        handler: echoEvent,
        dependencies: {
          credentials: () => ({
            ...credential,
            accountId: '123456789012',
            principalArn: 'arn:aws:iam::123456789012:user/local',
            userId: 'AIDALOCAL',
          }),
        },
      });
      const signer = new SignatureV4({
        credentials: credential,
        region: 'eu-west-1',
        service: 'lambda',
        sha256: Sha256,
      });
      const host = `127.0.0.1:${gateway.port}`;
      const signed = await signer.sign({
        method: 'GET',
        protocol: 'http:',
        hostname: '127.0.0.1',
        path: '/',
        headers: { host },
      });
      const response = await gateway.send({ path: '/', headers: signed.headers });
      const { iam } = (response.json() as { requestContext: { authorizer: { iam: object } } }).requestContext
        .authorizer;
      expect(Object.keys(iam).toSorted()).toEqual(
        Object.keys(expected['event'].requestContext.authorizer.iam).toSorted(),
      );
      expect(iam).toMatchObject({
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: 'arn:aws:iam::123456789012:user/local',
      });
    },
  },
  'httpapi-event-001': {
    request: (subject) => ({
      ...toRequest(subject),
      headers: {
        ...toRequest(subject).headers,
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': '0',
      },
    }),
  },
  'httpapi-event-002': { request: five },
  'httpapi-event-022': { request: five },
  'httpapi-event-018': {
    check: async () => {
      const gateway = await startGateway({ http: httpApi(), handler: echoEvent });
      const event = (await gateway.send({ path: '/x?a=1&a=2', headers: { b: ['1', '2'] } })).json();
      expect(event).toMatchObject({ headers: { b: '1,2' }, queryStringParameters: { a: '1,2' } });
      expect(Object.keys(event as object).filter((name) => name.startsWith('multiValue'))).toEqual([]);
    },
  },
  'httpapi-resp-004': {
    fixture: (subject) => ({
      ...toFixture(subject),
      handler: () => ({
        ...subject.setup['lambdaReturns'],
        body: Buffer.from(String(subject.expected['body'])).toString('base64'),
      }),
    }),
  },
  'httpapi-resp-026': {
    check: async ({ expected }) => {
      const outcomes = [() => endAs({ kind: 'unavailable', reason: 'r' }), () => 'not an envelope'];
      for (const handler of outcomes) {
        const gateway = await startGateway({ http: httpApi({ routes: [httpRouteV1('$default')] }), handler });
        const response = await gateway.send({ path: '/' });
        expect([response.status, response.json()]).toEqual([expected['status'], expected['bodyJson']]);
      }
    },
  },
};
