import { createFunctionInvoker, type LocalFunctionInvoker } from './create-function-invoker.ts';
import type { FunctionLogEntry } from './function-log.ts';
import type { InvocationOutcome } from './function-invoker.ts';
import type { FunctionInvokerOptions } from './options.ts';
import { buildBootstrap } from './testing/build-bootstrap.ts';
import { inlineFunction } from './testing/function-model.ts';
import type { FunctionModel } from '../model/app-model.ts';

const bootstrapFile = buildBootstrap();
const open: LocalFunctionInvoker[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((invoker) => invoker.close()));
});

interface Running {
  readonly invoke: (event?: unknown) => Promise<InvocationOutcome>;
  readonly log: readonly FunctionLogEntry[];
  readonly invoker: LocalFunctionInvoker;
}

function run(fn: FunctionModel, options: FunctionInvokerOptions = {}): Running {
  const log: FunctionLogEntry[] = [];
  const invoker = createFunctionInvoker([fn], {
    bootstrapFile,
    warmSpare: false,
    log: (entry) => void log.push(entry),
    ...options,
  });
  open.push(invoker);
  return { invoke: (event = {}) => invoker.invoke(fn.arn, JSON.stringify(event)), log, invoker };
}

function bodyOf(outcome: InvocationOutcome): unknown {
  if (outcome.kind !== 'success' && outcome.kind !== 'function-error') throw new Error(outcome.kind);
  return JSON.parse(Buffer.from(outcome.payload).toString());
}

describe('a handler’s result', () => {
  test.each<[string, string, unknown]>([
    ['an async handler', 'exports.handler = async (event) => ({ got: event.x })', { got: 1 }],
    ['a value returned where a callback is awaited', 'exports.handler = (event) => event.x', null],
    ['a callback', 'exports.handler = (event, context, done) => done(null, event.x)', 1],
    ['context.succeed', 'exports.handler = (event, context) => context.succeed(event.x)', 1],
    ['nothing at all', 'exports.handler = (event, context, done) => {}', null],
    ['undefined', 'exports.handler = async () => {}', null],
    ['text outside ASCII', 'exports.handler = async () => "žluťoučký 馬"', 'žluťoučký 馬'],
  ])('%s answers', async (_name, source, expected) => {
    const { invoke } = run(inlineFunction(source));
    const outcome = await invoke({ x: 1 });
    expect(outcome.kind).toBe('success');
    expect(bodyOf(outcome)).toEqual(expected);
  });
});

test('a second invocation runs in the same process', async () => {
  const { invoke } = run(inlineFunction('let n = 0; exports.handler = async () => [process.pid, ++n]'));
  const [firstPid, firstCount] = bodyOf(await invoke()) as number[];
  const [secondPid, secondCount] = bodyOf(await invoke()) as number[];
  expect([firstCount, secondCount]).toEqual([1, 2]);
  expect(secondPid).toBe(firstPid);
});
