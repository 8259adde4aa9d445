import type { Plugin } from 'esbuild';
import { runFunction, startXrayDaemon, type SegmentDocument, type TestXrayDaemon } from '../testing/index.ts';

const root = '1-5759e988-bd862e3fe1be46a994272793';
const lambdaSegment = '53995c3f42cd8ad8';

let daemon: TestXrayDaemon;
beforeEach(async () => {
  daemon = await startXrayDaemon();
});
afterEach(() => daemon.close());

/** What Lambda sets, with the daemon of this test. */
function lambdaEnv(sampled: boolean): Record<string, string> {
  return {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_XRAY_DAEMON_ADDRESS: daemon.address,
    _X_AMZN_TRACE_ID: `Root=${root};Parent=${lambdaSegment};Sampled=${sampled ? '1' : '0'}`,
    AWS_LAMBDA_FUNCTION_NAME: 'test',
    PATH: '/usr/bin',
  };
}

/** A program that observes a handler whose body is `body`, invokes it, and ends at once, as a frozen function does. */
const program = (body: string, event = '{ requestContext: { requestId: "front-1" } }'): string => `
import { observe, traceDownstream, currentInvocation } from '@gatehouse/observability';
const handler = observe(async (event, context, invocation) => { ${body} }, { service: 'users-api' });
const context = { awsRequestId: 'r1', functionName: 'f', functionVersion: '1', getRemainingTimeInMillis: () => 3000 };
const say = (value: unknown) => process.stdout.write('\\n' + JSON.stringify({ said: value }) + '\\n');
handler(${event} as never, context as never).catch(() => undefined).then(() => process.exit());
`;

const said = (stdout: string): unknown[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{"said":'))
    .map((line) => (JSON.parse(line) as { said: unknown }).said);

async function arrived(count: number): Promise<SegmentDocument[]> {
  const untilMs = Date.now() + 2_000;
  while (daemon.segments.length < count && Date.now() < untilMs)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return daemon.segments;
}

describe('a sampled invocation', () => {
  it('has a span under the segment of Lambda, with its annotations, sent before the function is frozen', async () => {
    await runFunction({
      program: program(
        `invocation.describe({ route: 'GET /users/{id}', principalKind: 'user', deliveryId: 'd1' });
         return { statusCode: 200 };`,
      ),
      env: lambdaEnv(true),
    });
    const [span, ...others] = await arrived(1);
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: '## users-api',
      trace_id: root,
      parent_id: lambdaSegment,
      annotations: {
        route: 'GET /users/{id}',
        principal_kind: 'user',
        status_class: '2xx',
        correlation_id: 'front-1',
        delivery_id: 'd1',
        cold_start: true,
      },
      http: { response: { status: 200 } },
      end_time: expect.any(Number),
    });
    expect(span).not.toHaveProperty('in_progress');
  });

  it('shows the URL of a call without secrets in its path', async () => {
    await runFunction({
      program: program(
        `await traceDownstream({ name: 'api.test', namespace: 'remote', operation: 'GET', url: 'https://tokens.test/users/bob%40example.com' }, async () => 1);`,
      ),
      env: lambdaEnv(true),
    });
    const [span] = await arrived(1);
    expect(JSON.stringify(span)).toContain('https://tokens.test/users/[redacted]');
    expect(JSON.stringify(span)).not.toContain('bob');
  });

  it('has a span for each call, all under its own, whose ids go with the calls', async () => {
    const stdout = await runFunction({
      program: program(
        `const call = (name: string) =>
           traceDownstream({ name, namespace: 'remote', operation: 'GET', url: 'https://' + name + '/' }, async (span) => {
             await new Promise((resolve) => setTimeout(resolve, 5));
             span.status(name === 'b' ? 503 : 200);
             say(span.headers['x-amzn-trace-id']);
           });
         await Promise.all([call('a'), call('b')]);
         await traceDownstream({ name: 'DynamoDB', namespace: 'aws', operation: 'GetItem', resource: { table_name: 't' } },
           async () => { throw new Error('down bob@example.com'); }).catch(() => undefined);
         return { statusCode: 200 };`,
      ),
      env: lambdaEnv(true),
    });
    const segments = await arrived(4);
    const span = (name: string): SegmentDocument => segments.find((segment) => segment.name === name)!;
    const own = span('## users-api');
    expect(segments).toHaveLength(4);
    for (const name of ['a', 'b', 'DynamoDB']) {
      expect(span(name)).toMatchObject({ trace_id: root, parent_id: own.id });
    }
    expect(span('b')).toMatchObject({
      namespace: 'remote',
      fault: true,
      http: { response: { status: 503 } },
    });
    expect(span('DynamoDB')).toMatchObject({
      namespace: 'aws',
      aws: { operation: 'GetItem', table_name: 't' },
      fault: true,
    });
    expect(JSON.stringify(span('DynamoDB'))).not.toContain('bob@');
    expect(said(stdout).sort()).toEqual(
      [span('a'), span('b')].map(({ id }) => `Root=${root};Parent=${id};Sampled=1`).sort(),
    );
  });

  it('records what the handler throws, without its secrets', async () => {
    await runFunction({
      program: program(`throw new TypeError('no bob@example.com');`),
      env: lambdaEnv(true),
    });
    const [span] = await arrived(1);
    expect(span).toMatchObject({
      fault: true,
      annotations: { status_class: 'fault' },
      cause: { exceptions: [{ type: 'TypeError', message: 'no [redacted]' }] },
    });
  });

  it('ends the spans of work that nobody waited for', async () => {
    await runFunction({
      program: program(
        `void traceDownstream({ name: 'late', namespace: 'remote', operation: 'GET' }, () => new Promise(() => undefined));
         return { statusCode: 202 };`,
      ),
      env: lambdaEnv(true),
    });
    expect((await arrived(2)).map(({ name }) => name).sort()).toEqual(['## users-api', 'late']);
  });

  it('costs an await no more afterwards: the hook of the X-Ray SDK is off', async () => {
    const measure = `const measure = async () => {
        let best = Infinity;
        for (let round = 0; round < 15; round++) {
          const startedNs = process.hrtime.bigint();
          for (let turn = 0; turn < 20_000; turn++) await undefined;
          best = Math.min(best, Number(process.hrtime.bigint() - startedNs) / 20_000);
        }
        return best;
      };`;
    const stdout = await runFunction({
      program: `${measure} const bare = measure();\n${program(`await bare; const before = await bare; say({ before, after: await measure() }); return {};`)}`,
      env: lambdaEnv(true),
    });
    const [{ before, after }] = said(stdout) as [{ before: number; after: number }];
    // With the hook an await takes about twenty times as long.
    expect(after / before).toBeLessThan(3);
    await arrived(1);
  });
});

describe('a function whose Tracer is a file of its own', () => {
  const { tracerFile } = jest.requireActual<{ tracerFile(): Plugin }>('../../esbuild/tracer-file.cjs');
  const loaded = `say(Object.keys(require.cache).some((file) => file.endsWith('tracer.cjs')));`;

  it('traces when it is sampled', async () => {
    const stdout = await runFunction({
      program: program(`${loaded} return { statusCode: 200 };`),
      env: lambdaEnv(true),
      plugins: [tracerFile()],
    });
    expect(said(stdout)).toEqual([true]);
    expect(await arrived(1)).toMatchObject([
      { name: '## users-api', trace_id: root, parent_id: lambdaSegment },
    ]);
  });

  it('does not load the file when it is not', async () => {
    const stdout = await runFunction({
      program: program(`${loaded} return {};`),
      env: lambdaEnv(false),
      plugins: [tracerFile()],
    });
    expect(said(stdout)).toEqual([false]);
  });
});

describe('an invocation that is not sampled', () => {
  const loaded = `const packages = Object.keys(require.cache).filter((file) => /aws-xray|tracer|cls-hooked/.test(file));`;

  it('loads neither Tracer nor the X-Ray SDK, and sends nothing', async () => {
    const body = `await traceDownstream({ name: 'a', namespace: 'remote', operation: 'GET' }, async (span) => say(span.headers));
      ${loaded} say(packages); return {};`;
    const stdout = await runFunction({
      program: program(body),
      env: lambdaEnv(false),
      bundlePackages: false,
    });
    expect(said(stdout)).toEqual([
      { 'x-amzn-trace-id': `Root=${root};Parent=${lambdaSegment};Sampled=0` },
      [],
    ]);
    expect(daemon.segments).toEqual([]);
  });

  it('is told apart by a sampled one, which loads them', async () => {
    const stdout = await runFunction({
      program: program(`${loaded} say(packages.length > 0); return {};`),
      env: lambdaEnv(true),
      bundlePackages: false,
    });
    expect(said(stdout)).toEqual([true]);
  });

  it.each([
    ['tracing is switched off', { POWERTOOLS_TRACE_ENABLED: 'false' }],
    ['there is no trace header', { _X_AMZN_TRACE_ID: '' }],
    ['the trace header is none', { _X_AMZN_TRACE_ID: 'Root=x;Sampled=1' }],
  ])('neither does one when %s', async (_name, env) => {
    const stdout = await runFunction({
      program: program(`${loaded} say(packages); return {};`),
      env: { ...lambdaEnv(true), ...env },
      bundlePackages: false,
    });
    expect(said(stdout)).toEqual([[]]);
  });
});
