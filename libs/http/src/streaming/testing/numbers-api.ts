import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { conditional } from '../../features/conditional/conditional.ts';
import type { InvocationContext, RequestEnd } from '../../handler/options.ts';
import { problem } from '../../problem/problem.ts';
import { functionUrlEvent } from '../../testing/index.ts';
import { createStreamingHttpHandler } from '../create-streaming-http-handler.ts';
import { invokeStreaming, lambdaRuntime } from './lambda-runtime.ts';
import type { Invocation, LambdaResponseStream } from './lambda-runtime.ts';

export const contract = defineContract({
  countUp: {
    method: 'GET',
    path: '/numbers',
    summary: 'Counts',
    access: { kind: 'public' },
    responses: { 200: { description: 'Lines', contentType: 'text/plain', stream: true } },
  },
  hello: {
    method: 'GET',
    path: '/hello',
    summary: 'Greets',
    access: { kind: 'public' },
    responses: { 200: { description: 'Hi', body: v.object({ message: v.string() }) } },
  },
  none: {
    method: 'DELETE',
    path: '/hello',
    summary: 'Nothing',
    access: { kind: 'public' },
    responses: { 204: { description: 'Nothing' } },
  },
});

type Chunks = AsyncIterable<string | Uint8Array>;

export interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly context?: InvocationContext;
  readonly stream?: LambdaResponseStream;
}

export interface NumbersApi {
  /** What `/numbers` streams. Default three lines. */
  numbers: (signal: AbortSignal) => Chunks | Promise<Chunks>;
  /** On the answer of `/numbers`. */
  headers: Record<string, string>;
  /** What a feature makes of the stream. */
  wrap: (stream: Chunks) => Chunks;
  onStreamError: () => void;
  readonly streamErrors: unknown[];
  readonly ends: RequestEnd[];
  send(path: string, call?: Call): Promise<Invocation>;
}

/** Forty milliseconds before the margin of a deadline. */
export const SHORT = { getRemainingTimeInMillis: () => 540 };

export const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Fails with `broke off` once `failAfter` lines are out. */
export async function* lines(until: number, failAfter = Infinity): AsyncGenerator<string> {
  for (let line = 1; line <= until; line++) {
    if (line > failAfter) throw new Error('broke off');
    yield `${line}\n`;
  }
}

/** A streaming handler of three operations, and what it reported. */
export function createNumbersApi(): NumbersApi {
  const handler = createStreamingHttpHandler<typeof contract>({
    contract,
    handlers: {
      countUp: async ({ signal }) => {
        const body = await api.numbers(signal);
        return {
          status: 200,
          headers: { 'x-lines': 'yes', ...api.headers },
          cookies: ['a=1'],
          body,
          version: 1,
        };
      },
      hello: () => ({ status: 200, body: { message: 'Hi' } }),
      none: () => ({ status: 204 }),
    },
    mapError: (error) =>
      (error as Error).message === 'broke off' ? problem({ status: 503, code: 'APP_DOWN' }) : undefined,
    features: [
      conditional(),
      {
        name: 'wrap',
        represent: (response) =>
          response.stream ? { ...response, stream: api.wrap(response.stream) } : response,
      },
    ],
    runtime: lambdaRuntime,
    onStreamError: (error) => {
      api.streamErrors.push(error);
      api.onStreamError();
    },
    onRequestEnd: (end) => api.ends.push(end),
  });
  const api: NumbersApi = {
    numbers: () => lines(3),
    headers: {},
    wrap: (stream) => stream,
    onStreamError: () => undefined,
    streamErrors: [],
    ends: [],
    send: async (path, { method = 'GET', headers = {}, ...invocation } = {}) =>
      invokeStreaming(handler, functionUrlEvent({ method, path, headers }), invocation),
  };
  return api;
}
