import { request } from 'node:http';
import { inlineFunction } from './testing/function-model.ts';
import { closeFunctions, isRunning, jsonOf, runFunction, until } from './testing/run-function.ts';

// Each test starts processes, and may do so on a machine that is busy with others.
jest.setTimeout(30_000);

afterEach(closeFunctions);

/** Does what `event.do` says, else answers its process's number. */
const SOURCE = `
const { spawn } = require('node:child_process');
const deeds = {
  exit: () => process.exit(3),
  exitQuietly: () => process.exit(0),
  abort: () => process.abort(),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  loop: () => { for (;;); },
  hang: () => new Promise(() => setInterval(() => {}, 1000)),
  throwLater: () => new Promise(() => setTimeout(() => { throw new Error('late') }, 5)),
  rejectLater: () => new Promise(() => { Promise.reject(new Error('nobody looks')); setInterval(() => {}, 1000) }),
  huge: () => 'x'.repeat(7 * 1024 * 1024),
  hoard: () => { const all = []; for (;;) all.push(Buffer.alloc(1024 * 1024, 1)); },
  shout: () => { for (let n = 0; n < 20000; n++) console.log('x'.repeat(1000)); return 'shouted' },
  oneLine: () => { process.stdout.write('y'.repeat(3 * 1024 * 1024)); return 'written' },
  child: () => spawn('sleep', ['60'], { stdio: 'inherit' }).pid,
  dieAfter: () => { setImmediate(() => setTimeout(() => process.exit(1), 20)); return 'answered' },
};
exports.handler = async (event) => event.do ? deeds[event.do]() : process.pid;
`;

const fn = (timeoutMs = 3000) => inlineFunction(SOURCE, { timeoutMs });

describe('an environment ends, its caller is told, and the next call gets another', () => {
  test.each<[string, object]>([
    ['exit', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') }],
    [
      'exitQuietly',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('without providing a reason') },
    ],
    ['abort', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('signal: aborted') }],
    ['kill', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('signal: killed') }],
    ['throwLater', { errorType: 'Error', errorMessage: 'late' }],
    ['rejectLater', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: nobody looks' }],
    ['hoard', { errorType: 'Runtime.OutOfMemory' }],
  ])('%s', async (deed, expected) => {
    const { invoke } = runFunction(fn(10_000));
    const before = jsonOf(await invoke()) as number;
    const outcome = await invoke({ do: deed });
    expect(outcome.kind).toBe('function-error');
    expect(jsonOf(outcome)).toMatchObject(expected);
    const after = jsonOf(await invoke()) as number;
    expect(after).not.toBe(before);
    await until(() => !isRunning(before));
  });

  test.each(['loop', 'hang'])('a timeout: %s', async (deed) => {
    const { invoke, log } = runFunction(fn(300));
    const before = jsonOf(await invoke()) as number;
    expect(await invoke({ do: deed })).toMatchObject({ kind: 'timeout', timeoutMs: 300 });
    expect(jsonOf(await invoke())).not.toBe(before);
    await until(() => !isRunning(before));
    expect(log.find((entry) => entry.kind === 'report' && entry.status === 'timeout')).toMatchObject({
      errorType: 'Sandbox.Timedout',
    });
  });

  test('between two calls', async () => {
    const { invoke } = runFunction(fn());
    expect(jsonOf(await invoke({ do: 'dieAfter' }))).toBe('answered');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await invoke()).kind).toBe('success');
  });
});

describe('an initialisation', () => {
  test('that ends the process fails each call once, and starts nothing on its own', async () => {
    const { invoke, log } = runFunction(inlineFunction('console.log("start"); process.exit(7)'), {
      warmSpare: true,
    });
    for (let call = 0; call < 3; call++)
      expect(jsonOf(await invoke())).toMatchObject({ errorType: 'Runtime.ExitError' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(log.filter((entry) => entry.kind === 'line' && entry.text === 'start')).toHaveLength(3);
  });

  test('that hangs is tried again on the function’s own time, then it is a timeout', async () => {
    const source = 'console.log("start"); for (;;);';
    const { invoke, lines } = runFunction(inlineFunction(source, { timeoutMs: 300 }), { initTimeoutMs: 300 });
    expect((await invoke()).kind).toBe('timeout');
    expect(lines()).toEqual(['start', 'start']);
  });

  test('that is slow at first has a second chance', async () => {
    const source = `const fs = require('node:fs'), seen = __dirname + '/seen';
      if (!fs.existsSync(seen)) { fs.writeFileSync(seen, ''); for (;;); }
      exports.handler = async () => 'up';`;
    const { invoke } = runFunction(inlineFunction(source), { initTimeoutMs: 300 });
    expect(jsonOf(await invoke())).toBe('up');
  });

  test('that throws asynchronously is an error of the call', async () => {
    const source =
      'setImmediate(() => { throw new Error("early") }); require("node:child_process").spawnSync("sleep", ["0.01"]);';
    const outcome = await runFunction(
      inlineFunction(source + 'for (let t = Date.now(); Date.now() - t < 5;);'),
    ).invoke();
    expect(outcome.kind).toBe('function-error');
  });
});

describe('a payload', () => {
  test('over 6 MB is refused before the function runs', async () => {
    const { invoker, log } = runFunction(fn());
    const [{ arn }] = [fn()];
    expect((await invoker.invoke(arn, '{}')).kind).toBe('unavailable');
    const { invoke } = runFunction(fn());
    expect(await invoke({ text: 'x'.repeat(6_291_456) })).toMatchObject({
      kind: 'request-too-large',
      limitBytes: 6_291_456,
    });
    expect(log).toEqual([]);
  });

  test('of exactly 6 MB runs', async () => {
    const { invoke } = runFunction(fn());
    expect((await invoke({ t: 'x'.repeat(6_291_456 - '{"t":""}'.length) })).kind).toBe('success');
  });

  test('that a function returns beyond 6 MB is its error, and the environment goes on', async () => {
    const { invoke } = runFunction(fn());
    const before = jsonOf(await invoke());
    expect(jsonOf(await invoke({ do: 'huge' }))).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    expect(jsonOf(await invoke())).toBe(before);
  });
});

describe('output', () => {
  test('of 20 MB is read to its end and holds nothing up', async () => {
    const { invoke, lines } = runFunction(fn(10_000));
    expect(jsonOf(await invoke({ do: 'shout' }))).toBe('shouted');
    await until(() => lines().length === 20_000);
  });

  test('without a line end is cut, and none of it is lost', async () => {
    const { invoke, lines } = runFunction(fn());
    expect(jsonOf(await invoke({ do: 'oneLine' }))).toBe('written');
    await until(() => lines().join('').length >= (3 * 1024 - 256) * 1024);
    await invoke();
    await closeFunctions();
    expect(lines().join('').length).toBe(3 * 1024 * 1024);
    expect(Math.max(...lines().map((line) => line.length))).toBeLessThanOrEqual(256 * 1024);
  });
});

test('close ends the processes, and what they have started', async () => {
  const { invoke, invoker } = runFunction(fn());
  const pid = jsonOf(await invoke()) as number;
  const childPid = jsonOf(await invoke({ do: 'child' })) as number;
  expect(isRunning(childPid)).toBe(true);
  await invoker.close();
  await until(() => !isRunning(pid) && !isRunning(childPid));
});

test('close ends an invocation that runs', async () => {
  const { invoke, invoker } = runFunction(fn());
  await invoke();
  const running = invoke({ do: 'hang' });
  await invoker.close();
  expect(['function-error', 'unavailable']).toContain((await running).kind);
});

test('an environment’s Runtime API is reached by no other’s requests', async () => {
  const source = 'exports.handler = async () => process.env.AWS_LAMBDA_RUNTIME_API';
  const { invoke } = runFunction(inlineFunction(source));
  const [hostname, port] = (jsonOf(await invoke()) as string).split(':');
  const status = await new Promise((resolve) => {
    request(
      { hostname, port, method: 'POST', path: '/2018-06-01/runtime/invocation/other/response' },
      (response) => resolve(response.resume().statusCode),
    ).end('{}');
  });
  expect(status).toBe(403);
});
