import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FunctionModel } from '../model/app-model.ts';
import { inlineFunction } from './testing/function-model.ts';
import { closeFunctions, jsonOf, runFunction, until } from './testing/run-function.ts';

// Each test starts processes, and may do so on a machine that is busy with others.
jest.setTimeout(30_000);

afterEach(closeFunctions);

/** A function whose code is these files. */
function folderFunction(
  files: Record<string, string>,
  overrides: Partial<FunctionModel> = {},
): FunctionModel {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return inlineFunction('', { code: { kind: 'directory', path }, ...overrides });
}

describe('the result of', () => {
  test.each<[string, string, unknown]>([
    ['an async handler', 'exports.handler = async (event) => ({ got: event.x })', { got: 1 }],
    ['a handler that returns a promise', 'exports.handler = (event) => Promise.resolve(event.x)', 1],
    ['a callback', 'exports.handler = (event, context, done) => done(null, event.x)', 1],
    [
      'a callback that comes later',
      'exports.handler = (e, c, done) => { setTimeout(done, 20, null, e.x) }',
      1,
    ],
    ['context.succeed', 'exports.handler = (event, context) => context.succeed(event.x)', 1],
    ['context.done', 'exports.handler = (event, context) => context.done(null, event.x)', 1],
    ['a callback that never comes', 'exports.handler = (event, context, done) => {}', null],
    ['a value returned where a callback is awaited', 'exports.handler = (event) => event.x', null],
    [
      'a callback called twice is the first',
      'exports.handler = (e, c, done) => { done(null, 1); done(null, 2) }',
      1,
    ],
    ['undefined', 'exports.handler = async () => {}', null],
    ['a function', 'exports.handler = async () => () => 1', null],
    ['text outside ASCII', 'exports.handler = async () => "žluťoučký 馬"', 'žluťoučký 馬'],
  ])('%s', async (_name, source, expected) => {
    const outcome = await runFunction(inlineFunction(source)).invoke({ x: 1 });
    expect([outcome.kind, jsonOf(outcome)]).toEqual(['success', expected]);
  });

  test('a callback waits for an empty event loop, unless the context says not to', async () => {
    const source = `exports.handler = (event, context, done) => {
      context.callbackWaitsForEmptyEventLoop = event.waits;
      let late = false;
      setTimeout(() => { late = true }, 50);
      done(null, { get late() { return late } });
    }`;
    const { invoke } = runFunction(inlineFunction(source));
    expect(jsonOf(await invoke({ waits: true }))).toEqual({ late: true });
    expect(jsonOf(await invoke({ waits: false }))).toEqual({ late: false });
  });

  test('a streaming handler is everything that it wrote, behind its prelude', async () => {
    const source = `exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
      stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
      stream.write('Hello, ');
      stream.end(context.awsRequestId.length === 36 ? 'world' : 'nobody');
    })`;
    const outcome = await runFunction(inlineFunction(source, { runtime: 'nodejs24.x' })).invoke();
    if (outcome.kind !== 'success') throw new Error(outcome.kind);
    expect(outcome.contentType).toBe('application/vnd.awslambda.http-integration-response');
    expect(Buffer.from(outcome.payload).toString()).toBe(`{"statusCode":201}${'\0'.repeat(8)}Hello, world`);
  });
});

describe('the error document of', () => {
  test.each<[string, string, object]>([
    [
      'a rejection',
      'exports.handler = async () => { throw new TypeError("x") }',
      { errorType: 'TypeError', errorMessage: 'x' },
    ],
    [
      'a throw',
      'exports.handler = () => { throw new RangeError("x") }',
      { errorType: 'RangeError', errorMessage: 'x' },
    ],
    [
      'a callback’s error',
      'exports.handler = (e, c, done) => done(new Error("x"))',
      { errorType: 'Error', errorMessage: 'x' },
    ],
    [
      'context.fail',
      'exports.handler = (e, c) => c.fail(new Error("x"))',
      { errorType: 'Error', errorMessage: 'x' },
    ],
    [
      'a thrown text',
      'exports.handler = async () => { throw "x" }',
      { errorType: 'string', errorMessage: 'x', trace: [] },
    ],
    [
      'nothing thrown',
      'exports.handler = async () => { throw undefined }',
      { errorType: 'undefined', errorMessage: 'undefined' },
    ],
    [
      'a thrown object that cannot be read',
      'exports.handler = async () => { throw { get name() { throw 1 } } }',
      { errorType: 'handled' },
    ],
    ['a result that JSON cannot say', 'exports.handler = async () => 1n', { errorType: 'TypeError' }],
    [
      'a promise that is never settled',
      'exports.handler = () => new Promise(() => {})',
      { errorType: 'Runtime.NodeJsExit' },
    ],
    [
      'a stream that fails',
      'exports.handler = awslambda.streamifyResponse(async (e, s) => { s.destroy(new Error("x")) })',
      { errorType: 'Error', errorMessage: 'x' },
    ],
  ])('%s', async (_name, source, expected) => {
    const { invoke } = runFunction(inlineFunction(source));
    const outcome = await invoke();
    expect(outcome.kind).toBe('function-error');
    expect(jsonOf(outcome)).toMatchObject(expected);
    expect((await invoke()).kind).toBe('function-error');
  });
});

describe('a handler is found', () => {
  const esm = 'export const handler = async () => "esm"';
  const cjs = 'exports.handler = async () => "cjs"';
  test.each<[string, Record<string, string>, string, unknown]>([
    ['in a .js', { 'main.js': cjs }, 'main.handler', 'cjs'],
    ['in a .cjs', { 'main.cjs': cjs }, 'main.handler', 'cjs'],
    ['in a .mjs', { 'main.mjs': esm }, 'main.handler', 'esm'],
    [
      'in a .js of a module package',
      { 'main.js': esm, 'package.json': '{"type":"module"}' },
      'main.handler',
      'esm',
    ],
    ['in a .js before a .mjs', { 'main.js': cjs, 'main.mjs': esm }, 'main.handler', 'cjs'],
    ['in a folder', { 'src/app/main.js': cjs }, 'src/app/main.handler', 'cjs'],
    [
      'below its folder’s package',
      { 'src/main.js': esm, 'src/package.json': '{"type":"module"}' },
      'src/main.handler',
      'esm',
    ],
    ['nested in an export', { 'main.js': 'exports.api = { get: async () => 1 }' }, 'main.api.get', 1],
    [
      'with its own modules',
      { 'main.js': 'exports.handler = async () => require("./x")', 'x.js': 'module.exports = 2' },
      'main.handler',
      2,
    ],
    [
      'after a top-level await',
      { 'main.mjs': 'const x = await Promise.resolve(3); export const handler = async () => x' },
      'main.handler',
      3,
    ],
  ])('%s', async (_where, files, handler, expected) => {
    expect(jsonOf(await runFunction(folderFunction(files, { handler })).invoke())).toEqual(expected);
  });

  test.each<[string, Record<string, string>, string, string]>([
    ['no such file', {}, 'main.handler', 'Runtime.ImportModuleError'],
    [
      'a module that it needs is missing',
      { 'main.js': 'require("nowhere")' },
      'main.handler',
      'Runtime.ImportModuleError',
    ],
    [
      'an ES module that it needs is missing',
      { 'main.mjs': 'import "nowhere"' },
      'main.handler',
      'Runtime.ImportModuleError',
    ],
    ['no such export', { 'main.js': '' }, 'main.handler', 'Runtime.HandlerNotFound'],
    [
      'an export that is no function',
      { 'main.js': 'exports.handler = 1' },
      'main.handler',
      'Runtime.HandlerNotFound',
    ],
    [
      'code that does not parse',
      { 'main.js': 'exports.handler = (' },
      'main.handler',
      'Runtime.UserCodeSyntaxError',
    ],
    ['a handler without an export', { 'main.js': '' }, 'main', 'Runtime.MalformedHandlerName'],
    ['a handler outside of the code', { 'main.js': '' }, '../main.handler', 'Runtime.MalformedHandlerName'],
    [
      'code that throws as it loads',
      { 'main.js': 'throw new RangeError("x")' },
      'main.handler',
      'RangeError',
    ],
  ])('not: %s', async (_why, files, handler, errorType) => {
    const { invoke } = runFunction(folderFunction(files, { handler }));
    expect(jsonOf(await invoke())).toMatchObject({ errorType });
    expect(jsonOf(await invoke())).toMatchObject({ errorType });
  });
});

describe('nodejs24.x', () => {
  test('runs no callback handler, whatever Node runs it here', async () => {
    const source = 'exports.handler = (event, context, callback) => callback(null, 1)';
    const { invoke } = runFunction(inlineFunction(source, { runtime: 'nodejs24.x' }));
    expect(jsonOf(await invoke())).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
  });

  test('takes a value that a handler returns, and offers no context.done', async () => {
    const source = 'exports.handler = (event, context) => [1, context.done === undefined]';
    const { invoke } = runFunction(inlineFunction(source, { runtime: 'nodejs24.x' }));
    expect(jsonOf(await invoke())).toEqual([1, true]);
  });
});

test('an invocation is told what Lambda tells it', async () => {
  const source = `exports.handler = async (event, context) => ({
    ...context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID, cwd: process.cwd() === process.env.LAMBDA_TASK_ROOT
  })`;
  const fn = inlineFunction(source, { name: 'teller', memoryMb: 512, timeoutMs: 2000 });
  const { invoker } = runFunction(fn, { ids: () => '01234567-89ab-cdef-0123-456789abcdef' });
  const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const told = jsonOf(await invoker.invoke(fn.arn, '{}', { traceHeader })) as Record<string, unknown>;
  expect(told).toMatchObject({
    functionName: 'teller',
    functionVersion: '$LATEST',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: '512',
    awsRequestId: '01234567-89ab-cdef-0123-456789abcdef',
    logGroupName: '/aws/lambda/teller',
    trace: traceHeader,
    cwd: true,
  });
  expect(told['logStreamName']).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  expect(told['remaining']).toBeGreaterThan(1000);
  expect(told['remaining']).toBeLessThanOrEqual(2000);
});

test('an invocation without a trace gets one that is not sampled', async () => {
  const { invoke } = runFunction(
    inlineFunction('exports.handler = async () => process.env._X_AMZN_TRACE_ID'),
  );
  expect(jsonOf(await invoke())).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
});

test('a process has the template’s variables, the host’s additions and Lambda’s own, and none of the host’s environment', async () => {
  const source = 'exports.handler = async () => process.env';
  const fn = inlineFunction(source, { environment: { TABLE: 'users', AWS_REGION: 'mars-1' } });
  const environment = () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  const env = jsonOf(await runFunction(fn, { environment, region: 'eu-west-1' }).invoke()) as Record<
    string,
    string
  >;
  expect(env).toMatchObject({
    TABLE: 'users',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
    _HANDLER: 'index.handler',
    TZ: ':UTC',
  });
  const ofLambda =
    /^(?:AWS_|_X_AMZN_TRACE_ID$|_HANDLER$|LAMBDA_(?:TASK_ROOT|RUNTIME_DIR)$|TABLE$|TZ$|LANG$|PATH$)/;
  expect(Object.keys(env).filter((name) => !ofLambda.test(name))).toEqual([]);
  expect(env['PATH']).not.toContain('node_modules');
});

test('output is told apart by stream and by invocation, and START, END and REPORT stand around it', async () => {
  const source = `console.log('loading');
    exports.handler = async (event) => { console.log('a', event.n); process.stderr.write('no end'); return null }`;
  const { invoke, log } = runFunction(inlineFunction(source));
  const first = await invoke({ n: 1 });
  const second = await invoke({ n: 2 });
  if (first.kind !== 'success' || second.kind !== 'success') throw new Error('failed');
  await closeFunctions();
  const lines = log.flatMap((entry) =>
    entry.kind === 'line' ? [[entry.stream, entry.text, entry.requestId]] : [],
  );
  expect(lines.filter(([stream]) => stream === 'stdout')).toEqual([
    ['stdout', 'loading', undefined],
    ['stdout', 'a 1', first.requestId],
    ['stdout', 'a 2', second.requestId],
  ]);
  expect(lines.filter(([stream]) => stream === 'stderr')).toEqual([
    ['stderr', 'no end', first.requestId],
    ['stderr', 'no end', second.requestId],
  ]);
  const reports = log.filter((entry) => entry.kind === 'report');
  expect(reports).toMatchObject([
    { requestId: first.requestId, status: 'success', memorySizeMb: 256 },
    { requestId: second.requestId, status: 'success' },
  ]);
  expect(reports[0]!.initDurationMs).toBeGreaterThan(0);
  expect(reports[0]!.billedDurationMs).toBeGreaterThanOrEqual(Math.ceil(reports[0]!.initDurationMs!));
  expect(reports[1]!.initDurationMs).toBeUndefined();
  expect(log.filter((entry) => entry.kind === 'start').map((entry) => entry.coldStart)).toEqual([
    true,
    false,
  ]);
});

test('a second invocation runs in the same process', async () => {
  const { invoke } = runFunction(
    inlineFunction('let n = 0; exports.handler = async () => [process.pid, ++n]'),
  );
  const [firstPid, firstCount] = jsonOf(await invoke()) as number[];
  const [secondPid, secondCount] = jsonOf(await invoke()) as number[];
  expect([firstCount, secondCount]).toEqual([1, 2]);
  expect(secondPid).toBe(firstPid);
});

describe('what cannot run', () => {
  test.each<[string, Partial<FunctionModel>, RegExp]>([
    ['another language', { runtime: 'python3.13' }, /runs no python3\.13/],
    ['missing code', { code: { kind: 'directory', path: '/nowhere' } }, /code is not there/],
  ])('%s is unavailable', async (_what, overrides, reason) => {
    const outcome = await runFunction(inlineFunction('', overrides)).invoke();
    expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringMatching(reason) as string });
  });

  test('an unknown ARN is unavailable', async () => {
    const { invoker } = runFunction(inlineFunction(''));
    expect((await invoker.invoke('arn:aws:lambda:x:1:function:no', '{}')).kind).toBe('unavailable');
  });

  test('after close everything is unavailable', async () => {
    const { invoke, invoker } = runFunction(inlineFunction('exports.handler = async () => 1'));
    await invoke();
    await invoker.close();
    expect((await invoke()).kind).toBe('unavailable');
  });
});

test('another Node than the template names is said once', async () => {
  const { invoke, log } = runFunction(
    inlineFunction('exports.handler = async () => 1', { runtime: 'nodejs18.x' }),
  );
  await invoke();
  await invoke();
  expect(log.filter((entry) => entry.kind === 'notice')).toHaveLength(1);
});

test('warmUp starts an environment before the first call', async () => {
  const { invoke, invoker, log } = runFunction(
    inlineFunction('console.log("up"); exports.handler = async () => 1'),
  );
  invoker.warmUp();
  await until(() => log.some((entry) => entry.kind === 'line'));
  expect((await invoke()).kind).toBe('success');
});
