import { finished } from 'node:stream/promises';
import type { RuntimeConfig } from './config.ts';
import { invocationContext } from './invocation-context.ts';
import type { LambdaHandler } from './load-handler.ts';
import { isStreaming, ResponseStream } from './response-stream.ts';
import type { Invocation, InvocationAnswer } from './runtime-client.ts';
import { RuntimeError, toErrorDocument } from './runtime-error.ts';

/** The first runtime that takes neither a callback nor `context.done`. */
const FIRST_WITHOUT_CALLBACKS = 24;

/**
 * Refuses at start what the runtime that the template names does not run, whatever Node runs here.
 *
 * @throws {RuntimeError} `Runtime.CallbackHandlerDeprecated`.
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137
 */
export function assertSignature(handler: LambdaHandler, { runtimeMajor }: RuntimeConfig): void {
  if (runtimeMajor < FIRST_WITHOUT_CALLBACKS || handler.length < 3 || isStreaming(handler)) return;
  throw new RuntimeError(
    'Runtime.CallbackHandlerDeprecated',
    `nodejs${runtimeMajor}.x runs no callback handlers: return a promise, or name nodejs22.x`,
  );
}

/** Runs the handler once. Never rejects: what it throws is an answer too. */
export async function runHandler(
  handler: LambdaHandler,
  invocation: Invocation,
  config: RuntimeConfig,
): Promise<InvocationAnswer> {
  try {
    const event: unknown = JSON.parse(invocation.payload);
    if (isStreaming(handler)) return await runStreaming(handler, event, { invocation, config });
    return {
      kind: 'response',
      body: encodeResult(await runBuffered(handler, event, { invocation, config })),
    };
  } catch (error) {
    return errorAnswer(error);
  }
}

/** The answer for a thrown value; it is logged too, as Lambda does. */
export function errorAnswer(thrown: unknown, title = 'Invoke Error'): InvocationAnswer {
  const body = JSON.stringify(toErrorDocument(thrown));
  console.error(`${title}\t${body}`);
  return { kind: 'error', body };
}

interface Run {
  readonly invocation: Invocation;
  readonly config: RuntimeConfig;
}

async function runStreaming(handler: LambdaHandler, event: unknown, run: Run): Promise<InvocationAnswer> {
  const stream = new ResponseStream();
  const context = invocationContext(run.config, run.invocation, undefined);
  const ended = finished(stream);
  await Promise.all([ended, handler(event, stream, context)]);
  return { kind: 'response', body: stream.bytes(), contentType: stream.contentType };
}

async function runBuffered(handler: LambdaHandler, event: unknown, run: Run): Promise<unknown> {
  if (run.config.runtimeMajor >= FIRST_WITHOUT_CALLBACKS)
    return settledOrIdle(handler(event, invocationContext(run.config, run.invocation, undefined)));
  return runWithCallback(handler, event, run);
}

/** Fails when nothing is left to do although the promise is open: it never will be settled. */
async function settledOrIdle(result: unknown): Promise<unknown> {
  if (!isThenable(result)) return result;
  return untilIdle(
    (resolve, reject) => void result.then(resolve, reject),
    (_resolve, reject) => reject(new RuntimeError('Runtime.NodeJsExit', NEVER_SETTLED)),
  );
}

const NEVER_SETTLED = 'The event loop is empty, but the promise that the handler returned is not settled';

type Executor = (resolve: (result: unknown) => void, reject: (error: unknown) => void) => void;

/** A promise that the empty event loop settles when nothing has settled it before. */
async function untilIdle(run: Executor, onIdle: Executor): Promise<unknown> {
  let idle: (() => void) | undefined;
  try {
    return await new Promise((resolve, reject) => {
      idle = () => onIdle(resolve, reject);
      process.on('beforeExit', idle);
      run(resolve, reject);
    });
  } finally {
    if (idle !== undefined) process.off('beforeExit', idle);
  }
}

async function runWithCallback(handler: LambdaHandler, event: unknown, run: Run): Promise<unknown> {
  // What the callback was given first; null when nothing is left to do and no callback came.
  const outcome: Outcome = { settled: false, error: null, result: null };
  let isPromised = false;
  return untilIdle(
    (resolve, reject) => {
      const settle = (error: unknown, result?: unknown): void => {
        if (!outcome.settled) Object.assign(outcome, { settled: true, error, result });
        if (!context.callbackWaitsForEmptyEventLoop) finish(outcome, resolve, reject);
      };
      const context = invocationContext(run.config, run.invocation, settle);
      const returned = handler(event, context, settle);
      isPromised = isThenable(returned);
      if (isThenable(returned)) returned.then(resolve, reject);
    },
    (resolve, reject) => {
      if (isPromised && !outcome.settled) reject(new RuntimeError('Runtime.NodeJsExit', NEVER_SETTLED));
      else finish(outcome, resolve, reject);
    },
  );
}

interface Outcome {
  readonly settled: boolean;
  readonly error: unknown;
  readonly result: unknown;
}

function finish({ error, result }: Outcome, ...[resolve, reject]: Parameters<Executor>): void {
  if (error === null || error === undefined) resolve(result);
  else reject(error);
}

function isThenable(value: unknown): value is Promise<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Promise<unknown>>).then === 'function'
  );
}

function encodeResult(result: unknown): string {
  // In an array, what JSON cannot say (undefined, a function) becomes null, as Lambda answers it.
  return JSON.stringify([result]).slice(1, -1);
}
