import type { ObservabilityConfig } from './config.ts';
import { currentInvocation } from './invocation/current-invocation.ts';
import type { Invocation } from './invocation/invocation.ts';
import { observe } from './observe.ts';
import { captureOutput, lambdaContext, type CapturedOutput } from './testing/index.ts';

const config: ObservabilityConfig = {
  environment: 'test',
  namespace: 'Gatehouse',
  logLevel: 'INFO',
  debugSampleRate: 0,
  tracing: false,
  firstInvocationIsCold: true,
  concurrentInvocations: false,
};
const traceId = '0af7651916cd43dd8448eb211c80319c';
const httpEvent = {
  version: '2.0',
  rawPath: '/users/u1',
  rawQueryString: 'token=s3cret',
  headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01`, authorization: 'Bearer abcdefghijk' },
  requestContext: { requestId: 'front-1', http: { method: 'GET', path: '/users/u1' } },
};

let output: CapturedOutput;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const line = (message: string): Record<string, unknown> => {
  const found = output.lines().filter((candidate) => candidate['message'] === message);
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('observe', () => {
  it('passes the result through and writes one access line and one metric line', async () => {
    const result = { statusCode: 200, body: 'ok' };
    const handler = observe(
      async (_event: unknown, _context, invocation) => {
        invocation.describe({ route: 'GET /users/{id}', principalKind: 'user' });
        return result;
      },
      { service: 'users-api', config },
    );

    expect(await handler(httpEvent, lambdaContext())).toBe(result);

    expect(line('access')).toMatchObject({
      service: 'users-api',
      level: 'INFO',
      kind: 'http',
      method: 'GET',
      path: '/users/u1',
      route: 'GET /users/{id}',
      status: 200,
      result: 'ok',
      principal_kind: 'user',
      correlation_id: 'front-1',
      trace_id: traceId,
      function_request_id: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
      cold_start: true,
      duration_ms: expect.any(Number),
    });
    expect(output.metrics()).toHaveLength(1);
    expect(output.metrics()[0]).toMatchObject({
      service: 'users-api',
      environment: 'test',
      route: 'GET /users/{id}',
      Requests: 1,
      Faults: 0,
      ColdStarts: 1,
      correlation_id: 'front-1',
    });
    expect(output.text()).not.toMatch(/s3cret|abcdefghijk/);
    expect(output.lines()).toHaveLength(1);
  });

  it.each([
    ['an address in a function URL path', '/users/bob%40example.com', '/users/[redacted]'],
    ['a token in a path', `/sessions/${'aZ3-'.repeat(11)}`, '/sessions/[redacted]'],
  ])('writes an access line without %s', async (_name, path, written) => {
    const event = { rawPath: path, requestContext: { requestId: 'front-1', http: { method: 'GET', path } } };
    await observe(() => ({ statusCode: 404 }), { service: 's', config })(event, lambdaContext());
    expect(line('access')).toMatchObject({ path: written });
  });

  it('writes an access line of an authorizer without what a client put into the path', async () => {
    const path = '/users/bob%40a.example/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
    const event = { type: 'REQUEST', methodArn: 'arn', path, requestContext: { path } };
    await observe(() => ({ statusCode: 404 }), { service: 's', config })(event, lambdaContext());
    expect(line('access')['path']).toBe('/users/[redacted]/[redacted]');
    expect(output.text()).not.toMatch(/bob|eyJ/);
  });

  it('writes ids that others chose without secrets, and on one line', async () => {
    const event = { requestContext: { requestId: 'a@example.com\n{"level":"ERROR"}' } };
    const handler = observe(
      (_event: unknown, _context, invocation) => invocation.describe({ deliveryId: 'd\u2028b@example.com' }),
      { service: 's', config },
    );
    await handler(event, lambdaContext());
    expect(line('access')).toMatchObject({
      correlation_id: '[redacted]\n{"level":"ERROR"}',
      delivery_id: 'd\\u2028[redacted]',
    });
    expect(output.lines()).toHaveLength(1);
  });

  it('writes a message of any length and kind as one short line', async () => {
    const handler = observe(
      (_event: unknown, _context, invocation) => {
        invocation.log.info('x'.repeat(1_000_000));
        invocation.log.info({ token: 's3cret' } as unknown as string);
      },
      { service: 's', config },
    );
    await handler({}, lambdaContext());
    expect(output.lines()).toHaveLength(3);
    expect(output.text().length).toBeLessThan(20_000);
    expect(output.text()).not.toContain('s3cret');
  });

  it('marks only the first invocation of an environment as a cold start', async () => {
    const handler = observe(() => ({ statusCode: 204 }), { service: 's', config });
    await handler(httpEvent, lambdaContext());
    output.clear();
    await handler(httpEvent, lambdaContext());
    expect(line('access')['cold_start']).toBe(false);
    expect(output.metrics()[0]).not.toHaveProperty('ColdStarts');
  });

  it('never marks a provisioned environment as a cold start', async () => {
    const handler = observe(() => ({ statusCode: 204 }), {
      service: 's',
      config: { ...config, firstInvocationIsCold: false },
    });
    await handler(httpEvent, lambdaContext());
    expect(line('access')['cold_start']).toBe(false);
  });

  it('rethrows what the handler throws, and logs it with its cause chain and without secrets', async () => {
    const failure = new Error('store failed for bob@example.com', {
      cause: new Error('socket closed', { cause: new TypeError('deep') }),
    });
    const handler = observe(() => Promise.reject(failure), { service: 's', config });

    await expect(handler(httpEvent, lambdaContext())).rejects.toBe(failure);

    expect(line('invocation failed')).toMatchObject({
      level: 'ERROR',
      error: {
        name: 'Error',
        message: 'store failed for [redacted]',
        cause: { message: 'socket closed', cause: { name: 'TypeError', message: 'deep' } },
      },
    });
    expect(line('access')).toMatchObject({ result: 'fault' });
    expect(output.metrics()[0]).toMatchObject({ Faults: 1 });
  });

  it('turns a synchronous throw into a rejection', async () => {
    const handler = observe(
      () => {
        throw new Error('at once');
      },
      { service: 's', config },
    );
    await expect(handler({}, lambdaContext())).rejects.toThrow('at once');
  });

  it('counts errors by code, and leaves out what is no code', async () => {
    const handler = observe(
      (event: { code: string }, _context, invocation) => {
        invocation.describe({ errorCode: event.code });
        return { statusCode: 409 };
      },
      { service: 's', config },
    );
    await handler({ ...httpEvent, code: 'USERS_EMAIL_TAKEN' }, lambdaContext());
    await handler({ ...httpEvent, code: 'any text of a client' }, lambdaContext());
    expect(output.metrics()[0]).toMatchObject({ 'Errors.USERS_EMAIL_TAKEN': 1, Faults: 0 });
    expect(Object.keys(output.metrics()[1]!).filter((name) => name.startsWith('Errors.'))).toEqual([]);
  });

  it('sums what the invocation counts into the one metric line', async () => {
    const handler = observe(
      (_event: unknown, _context, invocation) => {
        invocation.count('CacheHits');
        invocation.count('CacheHits', 2);
      },
      { service: 's', config },
    );
    await handler({}, lambdaContext());
    expect(output.metrics()).toHaveLength(1);
    expect(output.metrics()[0]).toMatchObject({ CacheHits: 3 });
  });

  it('gives the running invocation to libraries, and none between invocations', async () => {
    let inside: Invocation | undefined;
    const handler = observe(
      async () => {
        await Promise.resolve();
        inside = currentInvocation();
      },
      { service: 's', config },
    );
    await handler(httpEvent, lambdaContext({ remainingMs: 1_234 }));
    expect(inside?.correlationId).toBe('front-1');
    expect(inside?.remainingMs()).toBe(1_234);
    expect(currentInvocation()).toBeUndefined();
  });

  it('keeps concurrent invocations apart where an environment has several', async () => {
    const seen: (string | undefined)[] = [];
    const handler = observe(
      async (_event: unknown) => {
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(currentInvocation()?.correlationId);
      },
      { service: 's', config: { ...config, concurrentInvocations: true } },
    );
    const event = (requestId: string): unknown => ({ requestContext: { requestId } });
    await Promise.all([handler(event('a'), lambdaContext()), handler(event('b'), lambdaContext())]);
    expect(seen.sort()).toEqual(['a', 'b']);
  });

  it('writes nothing after the end of an invocation, and says so in the next one', async () => {
    let late: Invocation | undefined;
    const handler = observe(
      (_event: unknown, _context, invocation) => {
        late = invocation;
      },
      { service: 's', config },
    );
    await handler({}, lambdaContext());
    output.clear();
    late?.log.error('too late');
    late?.count('TooLate');
    late?.describe({ route: 'GET /too-late' });
    expect(output.text()).toBe('');

    await handler({}, lambdaContext());
    expect(line('an earlier invocation went on after its end')).toMatchObject({
      level: 'WARN',
      dropped_lines: 1,
    });
    expect(output.text()).not.toContain('too late');
    expect(output.metrics()[0]).not.toHaveProperty('TooLate');
  });

  it('answers even when a metric cannot be written', async () => {
    const handler = observe(
      (_event: unknown, _context, invocation) => {
        invocation.count('service');
        return { statusCode: 200 };
      },
      { service: 's', config },
    );
    await expect(handler(httpEvent, lambdaContext())).resolves.toEqual({ statusCode: 200 });
  });
});

describe('observe by kind of handler', () => {
  const policy = (effect: string): unknown => ({
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect: effect }] },
  });
  const authorizerEvent = {
    type: 'TOKEN',
    methodArn: 'arn:aws:execute-api:...',
    authorizationToken: 'Bearer x',
  };
  const table: [name: string, event: unknown, result: unknown, expected: Record<string, unknown>][] = [
    ['an allowing authorizer', authorizerEvent, policy('Allow'), { kind: 'authorizer', result: 'allow' }],
    ['a denying authorizer', authorizerEvent, policy('Deny'), { kind: 'authorizer', result: 'deny' }],
    [
      'a simple response',
      { type: 'REQUEST', routeArn: 'arn:...', version: '2.0' },
      { isAuthorized: true },
      { kind: 'authorizer', result: 'allow' },
    ],
    [
      'a batch with one failure',
      { Records: [{}, {}] },
      { batchItemFailures: [{ itemIdentifier: '1' }] },
      { kind: 'records', records: 2, result: 'partial', failed_records: 1 },
    ],
    [
      'a whole batch',
      { Records: [{}] },
      { batchItemFailures: [] },
      { kind: 'records', records: 1, result: 'ok' },
    ],
    ['a refused request', httpEvent, { statusCode: 404 }, { status: 404, result: 'client_error' }],
    ['a failed request', httpEvent, { statusCode: 503 }, { status: 503, result: 'fault' }],
    ['any other event', { detail: {} }, 'text', { kind: 'other', result: 'ok' }],
  ];
  it.each(table)('reads the outcome of %s', async (_name, event, result, expected) => {
    await observe(() => result, { service: 's', config })(event, lambdaContext());
    expect(line('access')).toMatchObject(expected);
  });

  it('takes the Unauthorized of an authorizer for an answer, not for a fault', async () => {
    const handler = observe(() => Promise.reject(new Error('Unauthorized')), { service: 's', config });
    await expect(handler(authorizerEvent, lambdaContext())).rejects.toThrow('Unauthorized');
    expect(line('access')).toMatchObject({ result: 'unauthorized', level: 'INFO' });
    expect(output.metrics()[0]).toMatchObject({ Faults: 0 });
    expect(output.lines()).toHaveLength(1);
  });

  it('takes the Unauthorized of any other function for a fault', async () => {
    const handler = observe(() => Promise.reject(new Error('Unauthorized')), { service: 's', config });
    await expect(handler(httpEvent, lambdaContext())).rejects.toThrow('Unauthorized');
    expect(line('access')).toMatchObject({ result: 'fault' });
  });
});
