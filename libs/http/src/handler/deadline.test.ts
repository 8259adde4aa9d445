import { defineContract } from '../contract/define-contract.ts';
import type { FRONTS } from '../testing/index.ts';
import { EVENT_BUILDERS, httpApiV2Event, readResult } from '../testing/index.ts';
import { createHttpHandler } from './create-http-handler.ts';
import type { RequestEnd } from './options.ts';

const contract = defineContract({
  wait: {
    method: 'GET',
    path: '/wait',
    summary: 'Waits',
    access: { kind: 'public' },
    responses: { 204: { description: 'Done' } },
  },
});

let ends: RequestEnd[];
let signal: AbortSignal | undefined;
let work: Promise<void>;

const handler = createHttpHandler<typeof contract>({
  contract,
  handlers: {
    wait: async (input) => {
      signal = input.signal;
      await work;
      return { status: 204 };
    },
  },
  onRequestEnd: (end) => ends.push(end),
});

beforeEach(() => {
  jest.useFakeTimers();
  ends = [];
  work = new Promise(() => undefined);
});

afterEach(() => jest.useRealTimers());

const send = (remainingMs: number, front: (typeof FRONTS)[number] = 'http-2.0') =>
  handler(EVENT_BUILDERS[front]({ path: '/wait' }), { getRemainingTimeInMillis: () => remainingMs });

it('answers 504 half a second before the function’s time is up, and fires the signal', async () => {
  const result = send(3000);
  await jest.advanceTimersByTimeAsync(2499);
  expect(ends).toEqual([]);
  expect(signal?.aborted).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  expect(readResult(await result).json()).toMatchObject({ status: 504, code: 'HTTP_DEADLINE_EXCEEDED' });
  expect(signal?.aborted).toBe(true);
  expect(ends).toEqual([expect.objectContaining({ status: 504, operationId: 'wait' })]);
});

it.each([
  ['rest', 28_500],
  ['http-1.0', 29_500],
  ['http-2.0', 29_500],
  ['url', 899_500],
] as const)('answers before %s itself gives up, after %i ms', async (front, ms) => {
  const result = send(900_000, front);
  await jest.advanceTimersByTimeAsync(ms - 1);
  expect(ends).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect((await result).statusCode).toBe(504);
});

const create = (options: { readonly clock?: () => number; readonly frontTimeoutMs?: number }) =>
  createHttpHandler<typeof contract>({
    contract,
    handlers: { wait: () => new Promise(() => undefined) },
    onRequestEnd: (end) => ends.push(end),
    ...options,
  });
const restEventOf = (requestTimeEpoch: number) => {
  const event = EVENT_BUILDERS.rest({ path: '/wait' });
  return { ...event, requestContext: { ...(event['requestContext'] as object), requestTimeEpoch } };
};

it.each([
  ['what the front has waited already', 992_000, 20_500],
  ['nothing of an event that is older than any wait', 900_000, 28_500],
  ['nothing of a front whose clock is ahead', 1_000_100, 28_500],
])('counts %s', async (_name, requestTimeEpoch, ms) => {
  const result = create({ clock: () => 1_000_000 })(restEventOf(requestTimeEpoch), {
    getRemainingTimeInMillis: () => 900_000,
  });
  await jest.advanceTimersByTimeAsync(ms - 1);
  expect(ends).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect((await result).statusCode).toBe(504);
});

it('takes the timeout of a REST API that was raised', async () => {
  const result = create({ frontTimeoutMs: 120_000 })(EVENT_BUILDERS.rest({ path: '/wait' }), {
    getRemainingTimeInMillis: () => 900_000,
  });
  await jest.advanceTimersByTimeAsync(119_499);
  expect(ends).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect((await result).statusCode).toBe(504);
});

it('leaves no timer behind an answer', async () => {
  work = Promise.resolve();
  expect((await send(3000)).statusCode).toBe(204);
  expect(jest.getTimerCount()).toBe(0);
});

it('takes what fails after the deadline for nobody’s business', async () => {
  let fail: (error: Error) => void = () => undefined;
  work = new Promise((_resolve, reject) => (fail = reject));
  const result = send(1000);
  await jest.advanceTimersByTimeAsync(500);
  expect((await result).statusCode).toBe(504);
  fail(new Error('too late'));
  await jest.advanceTimersByTimeAsync(0);
  expect(ends).toHaveLength(1);
});

it('has no deadline without a context', async () => {
  work = Promise.resolve();
  expect((await handler(httpApiV2Event({ path: '/wait' }))).statusCode).toBe(204);
});
