import { createFunctionInvoker } from './create-function-invoker.ts';
import { buildBootstrap } from './testing/build-bootstrap.ts';
import { inlineFunction } from './testing/function-model.ts';
import { closeFunctions, isRunning, jsonOf, runFunction, until } from './testing/run-function.ts';

// Each test starts processes, and may do so on a machine that is busy with others.
jest.setTimeout(30_000);

afterEach(closeFunctions);

const SLEEPER = `exports.handler = async (event) => {
  await new Promise((resolve) => setTimeout(resolve, event.ms ?? 0));
  return process.pid;
}`;

test('one environment runs one invocation at a time', async () => {
  const { invoke } = runFunction(inlineFunction(SLEEPER));
  const outcomes = await Promise.all([1, 2, 3].map(() => invoke({ ms: 300 })));
  expect(new Set(outcomes.map(jsonOf)).size).toBe(3);
});

describe('concurrency', () => {
  test('beyond the reserved one is throttled, and free again when a call ends', async () => {
    const { invoke } = runFunction(inlineFunction(SLEEPER, { reservedConcurrency: 2 }));
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => invoke({ ms: 300 })));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['success', 'success', 'throttled', 'throttled']);
    expect(outcomes.find(({ kind }) => kind === 'throttled')).toEqual({
      kind: 'throttled',
      reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect((await invoke()).kind).toBe('success');
  });

  test('reserved as none throttles every call', async () => {
    const { invoke } = runFunction(inlineFunction(SLEEPER, { reservedConcurrency: 0 }));
    expect((await invoke()).kind).toBe('throttled');
  });

  test('of the account is shared by the functions that reserve none', async () => {
    const functions = [
      inlineFunction(SLEEPER),
      inlineFunction(SLEEPER),
      inlineFunction(SLEEPER, { reservedConcurrency: 1 }),
    ];
    const invoker = createFunctionInvoker(functions, {
      bootstrapFile: buildBootstrap(),
      warmSpare: false,
      accountConcurrency: 2,
    });
    try {
      const outcomes = await Promise.all(functions.map(({ arn }) => invoker.invoke(arn, '{"ms":300}')));
      expect(outcomes.map(({ kind }) => kind)).toEqual(['success', 'throttled', 'success']);
    } finally {
      await invoker.close();
    }
  });

  test('counts a call that failed as ended', async () => {
    const source = 'exports.handler = async (event) => process.exit(1)';
    const { invoke } = runFunction(inlineFunction(source, { reservedConcurrency: 1 }));
    for (let call = 0; call < 3; call++) expect((await invoke()).kind).toBe('function-error');
  });
});

describe('environments', () => {
  test('beyond the eager number start when a call has waited', async () => {
    const { invoke } = runFunction(inlineFunction(SLEEPER), { eagerEnvironments: 1 });
    await invoke();
    const [first, second] = await Promise.all([invoke({ ms: 1000 }), invoke({ ms: 0 })]);
    expect(jsonOf(second)).not.toBe(jsonOf(first));
  });

  test('that are busy for a moment are waited for instead', async () => {
    const { invoke } = runFunction(inlineFunction(SLEEPER), { eagerEnvironments: 1 });
    await invoke();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => invoke()));
    // One, unless this very machine stood still for 100 ms meanwhile.
    expect(new Set(outcomes.map(jsonOf)).size).toBeLessThan(4);
  });

  test('include a spare, so that a second call at once finds one warm', async () => {
    const { invoke, log } = runFunction(inlineFunction(`console.log('up'); ${SLEEPER}`), { warmSpare: true });
    await invoke();
    await until(() => log.filter((entry) => entry.kind === 'line').length === 2);
    await Promise.all([invoke({ ms: 30 }), invoke({ ms: 30 })]);
    const coldStarts = log
      .filter((entry) => entry.kind === 'start')
      .map(({ at, coldStart }) => ({ at, coldStart }));
    expect(coldStarts).toHaveLength(3);
    // Both were there at once: neither waited for the time that a process takes to start.
    expect(Math.abs(coldStarts[2]!.at - coldStarts[1]!.at)).toBeLessThan(60);
  });

  test('that stay idle end, but for the last one', async () => {
    const source = `${SLEEPER}; process.on('exit', () => {})`;
    const { invoke } = runFunction(inlineFunction(source), { idleTimeoutMs: 200 });
    const pids = (await Promise.all([1, 2, 3].map(() => invoke({ ms: 200 })))).map(
      (outcome) => jsonOf(outcome) as number,
    );
    const running = (): number[] => pids.filter((pid) => isRunning(pid));
    await until(() => running().length === 1);
    expect((await invoke()).kind).toBe('success');
    expect(running()).toHaveLength(1);
  });
});
