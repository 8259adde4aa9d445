import { Readable } from 'node:stream';
import { LambdaResponseStream } from './testing/lambda-runtime.ts';
import { createNumbersApi, later, lines, SHORT } from './testing/numbers-api.ts';
import type { NumbersApi } from './testing/numbers-api.ts';

let api: NumbersApi;

beforeEach(() => {
  api = createNumbersApi();
});

const DEADLINE = expect.objectContaining({ code: 'HTTP_DEADLINE_EXCEEDED' }) as unknown;

describe('a body that breaks off', () => {
  it('leaves the environment alive and the caller without the reason', async () => {
    api.numbers = () => lines(9, 2);
    const { outcome, body, trailer = '' } = await api.send('/numbers');
    expect({ outcome, body }).toEqual({ outcome: 'failed', body: '1\n2\n' });
    expect(JSON.parse(trailer)).toEqual({
      errorType: 'HttpStreamBroken',
      errorMessage: 'The body broke off.',
      trace: ['HttpStreamBroken: The body broke off.'],
    });
    expect(api.streamErrors).toEqual([expect.objectContaining({ message: 'broke off' })]);
    expect(api.ends).toEqual([expect.objectContaining({ status: 200 })]);
  });

  it('ends no differently where the hook fails, which is in the log', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    api.numbers = () => lines(9, 2);
    api.onStreamError = () => {
      throw new Error('and so did the hook');
    };
    const { outcome, trailer } = await api.send('/numbers');
    expect(outcome).toBe('failed');
    expect(trailer).not.toMatch(/hook/);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('and so did the hook'));
    log.mockRestore();
  });

  it('ends its source once, and what a feature made of it', async () => {
    const end = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    let wrapperEnded = false;
    api.numbers = () => ({
      [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 'one' }), return: end }),
    });
    api.wrap = async function* (stream) {
      try {
        for await (const chunk of stream) yield chunk === 'one' ? (1 as never) : chunk;
      } finally {
        wrapperEnded = true;
      }
    };
    expect(await api.send('/numbers')).toMatchObject({ outcome: 'failed', body: '' });
    await later(0);
    expect(wrapperEnded).toBe(true);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it.each([[null], [{ a: 1 }], [7]])(
    'does so at a chunk that is neither text nor bytes: %j',
    async (chunk) => {
      api.numbers = async function* () {
        yield 'one\n';
        yield chunk as never;
      };
      expect(await api.send('/numbers')).toMatchObject({ outcome: 'failed', body: 'one\n' });
      expect(api.streamErrors).toEqual([expect.objectContaining({ code: 'HTTP_RESULT_INVALID' })]);
    },
  );
});

describe('at the deadline', () => {
  it('a body breaks off between two chunks, and its source runs to its end', async () => {
    let ended = false;
    api.numbers = async function* () {
      try {
        for (;;) {
          yield 'tick\n';
          await later(5);
        }
      } finally {
        ended = true;
      }
    };
    expect(await api.send('/numbers', { context: SHORT })).toMatchObject({ outcome: 'failed' });
    await later(10);
    expect(ended).toBe(true);
    expect(api.streamErrors).toEqual([DEADLINE]);
  });

  it('the signal wakes a source that waits', async () => {
    let ended = false;
    api.numbers = async function* (signal) {
      try {
        yield 'one\n';
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      } finally {
        ended = true;
      }
    };
    expect(await api.send('/numbers', { context: SHORT })).toMatchObject({
      outcome: 'failed',
      body: 'one\n',
    });
    await later(0);
    expect(ended).toBe(true);
    expect(api.streamErrors).toEqual([DEADLINE]);
  });

  it('a source is ended behind what a feature made of it, and that too', async () => {
    const source = new Readable({ read: () => undefined });
    source.push('one\n');
    let ended = false;
    api.numbers = () => source;
    api.wrap = async function* (stream) {
      try {
        for await (const chunk of stream) yield `> ${String(chunk)}`;
      } finally {
        ended = true;
      }
    };
    expect(await api.send('/numbers', { context: SHORT })).toMatchObject({
      outcome: 'failed',
      body: '> one\n',
    });
    await later(5);
    expect({ isSourceEnded: source.destroyed, ended }).toEqual({ isSourceEnded: true, ended: true });
  });

  it('a source that goes on waiting does not hold the next invocation up', async () => {
    api.numbers = async function* () {
      yield 'one\n';
      await new Promise(() => undefined);
    };
    const context = { ...SHORT, callbackWaitsForEmptyEventLoop: true };
    expect(await api.send('/numbers', { context })).toMatchObject({ outcome: 'failed', body: 'one\n' });
    expect(context.callbackWaitsForEmptyEventLoop).toBe(false);
  });

  it('a body breaks off where the caller takes nothing more', async () => {
    const stream = new LambdaResponseStream(1);
    stream._write = () => undefined;
    api.numbers = () => lines(9);
    const invoked = api.send('/numbers', { context: SHORT, stream });
    await later(100);
    expect(api.streamErrors).toEqual([DEADLINE]);
    stream.destroy();
    await invoked;
  });
});

describe('a response stream that breaks', () => {
  it.each([
    ['with an error', new Error('connection reset'), 'connection reset'],
    ['without', undefined, 'The response stream closed before its end'],
  ])('ends the source: %s', async (_name, error, message) => {
    const stream = new LambdaResponseStream(16);
    const source = new Readable({ read: () => undefined });
    source.push('one\n');
    api.numbers = () => source;
    const invoked = api.send('/numbers', { stream });
    await later(5);
    stream.destroy(error);
    await invoked;
    await later(5);
    expect(source.destroyed).toBe(true);
    expect(api.streamErrors).toEqual([expect.objectContaining({ message })]);
  });

  it('is reported for a whole body too', async () => {
    const stream = new LambdaResponseStream(16);
    stream._write = () => undefined;
    const invoked = api.send('/hello', { stream });
    await later(5);
    stream.destroy();
    await invoked;
    await later(5);
    expect(api.streamErrors).toHaveLength(1);
  });
});
