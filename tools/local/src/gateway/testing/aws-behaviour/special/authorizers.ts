import type { HttpAuthorizerModel, RestAuthorizerModel } from '../../../../model/app-model.ts';
import { echoEvent, endAs, type FakeFunction } from '../../fake-invoker.ts';
import { AUTHORIZER_ARN, httpApi, httpRoute, restApi, restMethod } from '../../models.ts';
import { type GatewayFixture, startGateway } from '../../start-gateway.ts';
import type { BehaviourCase } from '../cases.ts';
import { toRequest } from '../fixture-of-case.ts';
import type { SpecialCase, SpecialCases } from './special-case.ts';

const CUSTOM = { kind: 'CUSTOM', authorizerId: 'auth' } as const;

/** Answers by the token: `allow`, `t`, `tok` and `yes` are let in, `deny` is not; anything else throws. */
export const decideByToken: FakeFunction = (event) => {
  const token: string = event.authorizationToken ?? event.queryStringParameters?.authorization ?? 'allow';
  if (!['allow', 'deny', 't', 'tok', 'yes'].includes(token)) throw new Error('Internal failure');
  return policy(token === 'deny' ? 'Deny' : 'Allow', event.methodArn);
};

export function policy(effect: string, resource: string, more: object = {}): object {
  const statement = { Action: 'execute-api:Invoke', Effect: effect, Resource: resource };
  return { principalId: 'alice', policyDocument: { Version: '2012-10-17', Statement: [statement] }, ...more };
}

export function restAuthorizer(parts: Partial<RestAuthorizerModel> = {}): RestAuthorizerModel {
  return {
    id: 'auth',
    name: 'auth',
    type: 'TOKEN',
    functionArn: AUTHORIZER_ARN,
    identitySources: ['method.request.header.Authorization'],
    ttlSeconds: 300,
    ...parts,
  };
}

/** A REST API whose every method asks the authorizer. */
function guardedRest(subject: BehaviourCase, parts: Partial<RestAuthorizerModel> = {}): GatewayFixture {
  const [stage = '', ...rest] = String(subject.request['path']).split('?')[0]?.slice(1).split('/') ?? [];
  // The cases of one segment leave the stage out.
  const name = rest.length === 0 && stage === 'x' ? 'test' : stage;
  return {
    rest: restApi({
      stages: [{ name, variables: {} }],
      methods: ['ANY /', 'ANY /{proxy+}'].map((key) => restMethod(key, { authorization: CUSTOM })),
      authorizers: [restAuthorizer(parts)],
    }),
    handler: echoEvent,
    authorizer: decideByToken,
  };
}

const REQUEST_ALL = {
  type: 'REQUEST',
  identitySources: ['method.request.querystring.authorization'],
} as const;
const THREE_SOURCES = [
  'method.request.header.A',
  'method.request.querystring.B',
  'method.request.querystring.C',
];

/** Sends the case's request under the stage `test`, which it leaves out. */
function underTest(subject: BehaviourCase) {
  const request = toRequest(subject);
  return { ...request, path: `/test${request.path}` };
}

function rest(parts: Partial<RestAuthorizerModel> = {}, authorizer?: FakeFunction): SpecialCase {
  return {
    fixture: (subject) => ({
      ...guardedRest(subject, parts),
      ...(authorizer === undefined ? {} : { authorizer }),
    }),
    request: (subject) =>
      String(subject.request['path']).startsWith('/x') ? underTest(subject) : toRequest(subject),
  };
}

function http(parts: Partial<HttpAuthorizerModel>, authorizer: FakeFunction): SpecialCase {
  return {
    fixture: () => ({
      http: httpApi({
        routes: [httpRoute('$default', { authorization: CUSTOM })],
        authorizers: [
          {
            id: 'auth',
            name: 'auth',
            functionArn: AUTHORIZER_ARN,
            payloadVersion: '2.0',
            simpleResponses: true,
            identitySources: [],
            ttlSeconds: 0,
            ...parts,
          },
        ],
      }),
      handler: echoEvent,
      authorizer,
    }),
  };
}

/** The wording of a deny changed over time: a prefix is what holds. */
const DENY = 'User is not authorized to access this resource with an explicit deny';

export const AUTHORIZER_CASES: SpecialCases = {
  'auth-001': rest(),
  'auth-004': rest(REQUEST_ALL),
  'auth-006': {
    fixture: () => ({
      rest: restApi({
        stages: [{ name: 'Prod', variables: {} }],
        methods: [restMethod('GET /iam', { authorization: { kind: 'AWS_IAM' } })],
      }),
    }),
    expected: () => ({ status: 403, body: '{"message":"Missing Authentication Token"}' }),
  },
  'auth-007': rest({ identitySources: ['method.request.header.MyCustomAuthHeader'] }),
  'auth-008': rest({ type: 'REQUEST', identitySources: THREE_SOURCES }),
  'auth-009': {
    fixture: () => ({
      rest: restApi({
        stages: [{ name: 'Prod', variables: {} }],
        methods: [
          restMethod('ANY /{proxy+}', { authorization: CUSTOM }),
          restMethod('GET /lambda-request-override-none'),
        ],
        authorizers: [restAuthorizer(REQUEST_ALL)],
      }),
    }),
  },
  'auth-010': rest(),
  'auth-011': {
    ...rest({ type: 'REQUEST' }, (event) => policy('Deny', event.methodArn)),
    expected: () => ({ status: 403, bodyContains: `{"Message":"${DENY}` }),
  },
  'auth-012': rest({}, (event) => policy('Deny', event.methodArn)),
  'auth-013': rest({}, () => policy('Allow', 'arn:aws:execute-api:*:*:other/*')),
  'auth-015': {
    check: async (subject) => {
      const failures: readonly FakeFunction[] = [
        () => endAs({ kind: 'timeout', requestId: 'r', timeoutMs: 1 }),
        () => {
          throw new Error('unauthorized');
        },
        () => ({ principalId: 'alice', policyDocument: { Statement: [{ Effect: 'Perhaps' }] } }),
      ];
      for (const authorizer of failures) {
        const gateway = await startGateway({ ...guardedRest(subject), authorizer });
        const response = await gateway.send(underTest(subject));
        expect([response.status, response.text()]).toEqual([500, '{"message":null}']);
        expect(response.header('x-amzn-errortype')).toEqual(['AuthorizerConfigurationException']);
      }
    },
  },
  'auth-019': rest({}, (event) => policy('Allow', event.methodArn, { context: { foo: 'bar' } })),
  'auth-020': {
    ...rest({}, (event) => policy('Allow', event.methodArn, { context: { user_id: 7 } })),
    request: (subject) => ({
      method: 'POST',
      path: `/trip${String(subject.request['path'])}`,
      headers: { Authorization: 't' },
    }),
  },
  'auth-022': {
    ...rest(),
    expected: ({ expected }) => ({
      ...expected,
      authorizerEvent: {
        ...expected['authorizerEvent'],
        methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/test/GET/x',
      },
    }),
  },
  'auth-024': rest({ identitySources: ['method.request.header.authorizationToken'] }),
  'auth-027': {
    ...rest(),
    request: () => ({ path: `/test/${'a'.repeat(1600)}`, headers: { Authorization: 'allow' } }),
    expected: () => ({ status: 414, bodyJson: { message: 'Request URI too long' } }),
    fixture: (subject) => guardedRest({ ...subject, request: { path: '/test/x' } }),
  },
  'auth-028': {
    fixture: () => ({
      rest: restApi({
        methods: [],
        stages: [
          {
            name: 'test',
            variables: {},
            accessLogFormat:
              '{"error.responseType":"$context.error.responseType","error.message":"$context.error.message"}',
          },
        ],
      }),
    }),
    request: underTest,
  },
  'hauth-003': http({}, () => ({ isAuthorized: false })),
  'hauth-004': {
    ...http({ identitySources: ['$request.header.Authorization'] }, (event) => ({
      isAuthorized: event.headers.authorization === 'secretToken',
    })),
  },
  'hauth-005': http({ simpleResponses: false }, (event) => policy('Deny', event.routeArn)),
  'hauth-006': http({ identitySources: ['$request.header.X-API-Key'] }, () => ({ isAuthorized: true })),
  'hauth-013': {
    ...http({ identitySources: ['$request.header.user', '$request.querystring.n'] }, () => ({
      isAuthorized: true,
    })),
    request: () => ({ path: '/x?n=123', headers: { user: 'user1', cookie: 'a=1' } }),
    fixture: () => {
      const { fixture } = http(
        { identitySources: ['$request.header.user', '$request.querystring.n'] },
        () => ({ isAuthorized: true }),
      );
      const made = fixture?.({} as BehaviourCase) ?? {};
      const stages = [{ name: '$default', variables: { colour: 'red' } }];
      const routes = [httpRoute('GET /{id}', { authorization: CUSTOM })];
      return { ...made, http: { ...httpApi(made.http), stages, routes } };
    },
  },
  'hauth-014': {
    ...http(
      {
        payloadVersion: '1.0',
        simpleResponses: false,
        identitySources: ['$request.header.user', '$request.querystring.n'],
      },
      (event) => policy('Allow', event.methodArn),
    ),
    request: () => ({ path: '/x?n=123', headers: { user: 'user1' } }),
  },
};
