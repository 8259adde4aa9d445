import {
  EVENT_BUILDERS,
  FRONTS,
  functionUrlEvent,
  httpApiV1Event,
  httpApiV2Event,
  restEvent,
} from '../testing/index.ts';
import type { RequestSpec } from '../testing/index.ts';
import { authorizerResult } from './authorizer-result.ts';
import type { AuthorizerResult } from './authorizer-result.ts';
import { cookies } from './cookies.ts';
import { fromEvent } from './from-event.ts';
import type { Front } from './http-request.ts';

const read = (front: Front, spec: RequestSpec) => fromEvent(EVENT_BUILDERS[front](spec));

describe.each(FRONTS)('a request from %s', (front) => {
  it('names its front, method, ids and caller', () => {
    const request = read(front, {
      method: 'PATCH',
      path: '/users/1',
      clientIp: '198.51.100.7',
      requestId: 'r-1',
    });
    expect(request).toMatchObject({
      front,
      method: 'PATCH',
      path: '/users/1',
      clientIp: '198.51.100.7',
      requestId: 'r-1',
      receivedAtMs: 1_790_000_000_000,
      stage: front === 'rest' ? 'dev' : '$default',
    });
    expect(request.host).toMatch(/\.(amazonaws\.com|on\.aws)$/);
  });

  it('has header names in lower case and the values of repeated ones', () => {
    const request = read(front, { path: '/', headers: { 'X-One': 'a', 'x-TWO': ['b', 'c'] } });
    expect(request.header('x-one')).toBe('a');
    expect(request.header('x-two')?.replace(' ', '')).toBe('b,c');
    expect(request.header('x-three')).toBeUndefined();
    expect(request.headers['x-one']).toEqual(['a']);
    expect(request.headers['x-two']?.join(',')).toBe('b,c');
  });

  it('keeps every value of a query key, form-decoded', () => {
    const request = read(front, {
      path: '/?tag=a&tag=b%2Cc&plus=1+1&sum=1%2B1&empty=&flag&%C3%BC=%E2%98%95',
    });
    expect({ ...request.query }).toEqual({
      tag: ['a', 'b,c'],
      plus: ['1 1'],
      sum: ['1+1'],
      empty: [''],
      flag: [''],
      ü: ['☕'],
    });
  });

  it('takes __proto__, constructor and toString for names like any other', () => {
    const request = read(front, {
      path: '/?__proto__=1&constructor=2&toString=3',
      headers: { cookie: '__proto__=4' },
    });
    expect(Object.entries(request.query)).toEqual([
      ['__proto__', ['1']],
      ['constructor', ['2']],
      ['toString', ['3']],
    ]);
    expect(Object.entries(cookies(request))).toEqual([['__proto__', '4']]);
    expect(read(front, { path: '/' }).query.toString).toBeUndefined();
    expect(read(front, { path: '/' }).header('__proto__')).toBeUndefined();
  });

  it('reads cookies, the first of a repeated name', () => {
    const request = read(front, {
      path: '/',
      headers: { cookie: 'session=abc=; theme="dark"; session=old; bad' },
    });
    expect({ ...cookies(request) }).toEqual({ session: 'abc=', theme: 'dark' });
    expect(request.header('cookie')).toBe('session=abc=; theme="dark"; session=old; bad');
  });

  it('gives text and bytes of a body', () => {
    const request = read(front, { method: 'POST', path: '/', json: { name: 'Zoë ☕' } });
    expect(JSON.parse(request.text())).toEqual({ name: 'Zoë ☕' });
    expect(Buffer.from(request.body).toString()).toBe('{"name":"Zoë ☕"}');
    expect(request.bodyBytes).toBe(request.body.length);
  });

  it('has an empty body where there is none', () => {
    expect(read(front, { path: '/' })).toMatchObject({ body: Buffer.alloc(0), bodyBytes: 0 });
  });

  it('encodes once what the front decoded, so that a segment decodes to what was sent', () => {
    const { path } = read(front, { path: '/users/a%20b%2525/%E2%98%95' });
    expect(path.split('/').map(decodeURIComponent)).toEqual(['', 'users', 'a b%25', '☕']);
  });

  it('takes a base path off, and nothing that only begins like one', () => {
    const spec = (path: string) => EVENT_BUILDERS[front]({ path });
    expect(fromEvent(spec('/v1/users'), { basePath: '/v1' }).path).toBe('/users');
    expect(fromEvent(spec('/v1'), { basePath: '/v1' }).path).toBe('/');
    expect(fromEvent(spec('/v10/users'), { basePath: '/v1' }).path).toBe('/v10/users');
    expect(fromEvent(spec('/users'), { basePath: '/v1' }).path).toBe('/users');
  });

  it('cannot be changed', () => {
    const request = read(front, { path: '/?a=1' });
    for (const name of ['event', 'front', 'method', 'path', 'routeKey', 'requestId', 'clientIp']) {
      expect(() => Object.assign(request, { [name]: '/admin' })).toThrow(TypeError);
    }
    expect(() => Object.assign(request.query, { a: ['2'] })).toThrow(TypeError);
    expect(() => Object.assign(request.headers, { host: ['x'] })).toThrow(TypeError);
  });
});

describe('binary bodies', () => {
  const body = Uint8Array.from([0, 1, 2, 0xff, 0xfe]);
  const headers = { 'content-type': 'application/octet-stream' };

  it.each(['http-1.0', 'http-2.0', 'url'] as const)('come byte for byte from %s', (front) => {
    expect([...read(front, { method: 'POST', path: '/', headers, body }).body]).toEqual([...body]);
  });

  it('come byte for byte from a REST API that has their media type', () => {
    const spec = { method: 'POST', path: '/', headers, body, binaryMediaTypes: ['application/octet-stream'] };
    expect([...read('rest', spec).body]).toEqual([...body]);
  });

  it('are no text', () => {
    const request = read('http-2.0', { method: 'POST', path: '/', headers, body });
    expect(() => request.text()).toThrow(
      expect.objectContaining({ code: 'HTTP_BODY_ENCODING_INVALID' }) as Error,
    );
  });
});

describe('stages', () => {
  it.each([
    ['http-2.0', '/dev/users', '/users/{id}', '/dev/users'],
    ['http-2.0', '/users', '/users', '/users'],
    ['http-1.0', '/users', '/users', '/users'],
    ['rest', '/dev/users', '/{proxy+}', '/dev/users'],
  ] as const)('named dev, behind %s: the caller’s %s stays', (front, path, route, expected) => {
    expect(read(front, { path, route, stage: 'dev' }).path).toBe(expected);
  });

  it('is taken off where an HTTP API with payload 2.0 puts it', () => {
    const event = httpApiV2Event({ path: '/users', stage: 'dev', route: '/users' });
    expect(event['rawPath']).toBe('/dev/users');
    expect(fromEvent(event).path).toBe('/users');
  });

  it('is left where the route itself begins so', () => {
    const event = httpApiV2Event({ path: '/dev/logs', route: '/dev/{name}' });
    const requestContext = { ...(event['requestContext'] as object), stage: 'dev' };
    expect(fromEvent({ ...event, requestContext }).path).toBe('/dev/logs');
  });
});

describe('the authorizer', () => {
  const context = { sub: 'alice', scopes: 'users:read', count: 2, admin: true };
  const iam: AuthorizerResult = {
    kind: 'iam',
    arn: 'arn:aws:iam::123456789012:role/processor',
    accountId: '123456789012',
    userId: 'AROAEXAMPLE:session',
    callerId: 'AROAEXAMPLE:session',
    accessKey: 'ASIAEXAMPLE',
  };

  it.each(FRONTS)('is none without one, behind %s', (front) => {
    expect(authorizerResult(read(front, { path: '/' }))).toEqual({ kind: 'none' });
  });

  it('gives a Lambda authorizer’s context with its types behind an HTTP API', () => {
    const spec: RequestSpec = { path: '/', authorizer: { kind: 'lambda', context } };
    expect(authorizerResult(read('http-2.0', spec))).toEqual({ kind: 'lambda', context });
    expect(authorizerResult(read('http-1.0', spec))).toEqual({ kind: 'lambda', context });
  });

  it('gives it as strings behind a REST API, with what that adds', () => {
    expect(authorizerResult(read('rest', { path: '/', authorizer: { kind: 'lambda', context } }))).toEqual({
      kind: 'lambda',
      context: {
        principalId: 'principal',
        integrationLatency: 12,
        sub: 'alice',
        scopes: 'users:read',
        count: '2',
        admin: 'true',
      },
    });
  });

  it.each(['rest', 'url', 'http-2.0'] as const)('says who signed behind %s', (front) => {
    expect(authorizerResult(read(front, { path: '/', authorizer: iam }))).toEqual(iam);
  });

  it.each(['rest', 'http-1.0', 'http-2.0'] as const)('gives the claims of a JWT behind %s', (front) => {
    const authorizer: AuthorizerResult = {
      kind: 'jwt',
      claims: { sub: 'alice', exp: '1790000000' },
      scopes: [],
    };
    const result = authorizerResult(read(front, { path: '/', authorizer }));
    expect(result).toMatchObject({ kind: 'jwt', claims: { sub: 'alice', exp: '1790000000' }, scopes: [] });
  });

  it('reads null scopes, which a route without scopes has, as none', () => {
    const authorizer: AuthorizerResult = { kind: 'jwt', claims: {}, scopes: null as never };
    expect(authorizerResult(read('http-2.0', { path: '/', authorizer }))).toMatchObject({ scopes: [] });
  });
});

describe('odd events', () => {
  it('reads what the console of a REST API sends as a test', () => {
    const event = {
      ...restEvent({ path: '/users' }),
      headers: null,
      multiValueHeaders: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
    };
    const request = fromEvent(event);
    expect(request.header('accept')).toBeUndefined();
    expect({ ...request.headers, ...request.query, ...cookies(request) }).toEqual({});
    expect(request.routeParams).toBeUndefined();
  });

  it('reads the single-value records where there are no others', () => {
    const {
      multiValueHeaders: _headers,
      multiValueQueryStringParameters: _query,
      ...event
    } = httpApiV1Event({
      path: '/?a=1',
      headers: { 'X-One': 'a' },
    });
    expect(fromEvent(event).header('x-one')).toBe('a');
    expect({ ...fromEvent(event).query }).toEqual({ a: ['1'] });
  });

  it('joins a header’s values, however often and in whatever case a REST API has its name', () => {
    const event = { ...restEvent({ path: '/' }), multiValueHeaders: { 'X-A': ['1', '2'], 'x-a': ['3'] } };
    expect(fromEvent(event).header('x-a')).toBe('1, 2, 3');
    expect(fromEvent(event).headers['x-a']).toEqual(['1', '2', '3']);
  });

  it('joins query values of a REST API by name, not the last alone', () => {
    const event = restEvent({ path: '/?a=1&a=2' });
    expect(event['queryStringParameters']).toEqual({ a: '2' });
    expect({ ...fromEvent(event).query }).toEqual({ a: ['1', '2'] });
  });

  it('throws a problem for a query that is not UTF-8', () => {
    const request = fromEvent({ ...functionUrlEvent({ path: '/' }), rawQueryString: 'a=%FF' });
    expect(() => request.query).toThrow(
      expect.objectContaining({ code: 'HTTP_QUERY_ENCODING_INVALID' }) as Error,
    );
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'hello'],
    ['an empty test event', {}],
    ['the console’s default test event', { key1: 'value1', key2: 'value2' }],
    ['a version without a request', { version: '2.0' }],
    ['a version of its own', { version: '3.0', requestContext: { http: { method: 'GET' } } }],
    ['an unversioned request of payload 2.0', { rawPath: '/', requestContext: { http: { method: 'GET' } } }],
    ['a queue’s records', { Records: [] }],
    ['a load balancer’s event', { httpMethod: 'GET', path: '/', requestContext: { elb: {} } }],
  ])('refuses %s by a coded error', (_name, event) => {
    expect(() => fromEvent(event)).toThrow(expect.objectContaining({ code: 'HTTP_EVENT_UNKNOWN' }) as Error);
  });

  it('says what it saw of an event that it does not know', () => {
    expect(() => fromEvent({ Records: [] })).toThrow(/an object with the keys Records/);
    expect(() => fromEvent('x')).toThrow(/: string\./);
  });
});
