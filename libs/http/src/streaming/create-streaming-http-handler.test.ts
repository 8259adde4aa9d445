import { PassThrough } from 'node:stream';
import * as v from 'valibot';
import { defineContract } from '../contract/define-contract.ts';
import { createHttpHandler } from '../handler/create-http-handler.ts';
import type { PrincipalLike } from '../contract/handlers.ts';
import type { HttpHandlerOptions, InvocationContext } from '../handler/options.ts';
import { FRONTS, EVENT_BUILDERS, functionUrlEvent, readResult } from '../testing/index.ts';
import { collectStreams } from './collect-streams.ts';
import { createStreamingHttpHandler } from './create-streaming-http-handler.ts';
import type { StreamingHandler, StreamingRuntime } from './streaming-runtime.ts';

/** Writes as Lambda's runtime does: the metadata as JSON and eight NUL bytes before the first write. */
const runtime: StreamingRuntime = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from(responseStream, metadata) {
      const out = new PassThrough();
      let isFirst = true;
      const write = out.write.bind(out) as (chunk: unknown, done?: unknown) => boolean;
      out.write = ((chunk: unknown, done?: unknown) => {
        if (isFirst) write(Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]));
        isFirst = false;
        return chunk === '' ? true : write(chunk, done);
      }) as typeof out.write;
      out.pipe(responseStream);
      return out;
    },
  },
};

const contract = defineContract({
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

async function* lines(until: number, failAfter = Infinity) {
  for (let line = 1; line <= until; line++) {
    if (line > failAfter) throw new Error('broke off');
    yield `${line}\n`;
  }
}

let numbers: () => AsyncIterable<string | Uint8Array>;
let streamErrors: unknown[];

const options: HttpHandlerOptions<typeof contract, PrincipalLike> = {
  contract,
  handlers: {
    countUp: () => ({ status: 200, headers: { 'x-lines': 'yes' }, cookies: ['a=1'], body: numbers() }),
    hello: () => ({ status: 200, body: { message: 'Hi' } }),
    none: () => ({ status: 204 }),
  },
};

async function stream(
  path: string,
  { method = 'GET', context }: { method?: string; context?: InvocationContext } = {},
) {
  const handler = createStreamingHttpHandler({
    ...options,
    runtime,
    onStreamError: (error) => streamErrors.push(error),
  }) as StreamingHandler;
  const response = new PassThrough();
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  await handler(functionUrlEvent({ method, path }), response, context);
  await new Promise((resolve) => setImmediate(resolve));
  const sent = Buffer.concat(chunks);
  const end = sent.indexOf(Buffer.alloc(8));
  return {
    metadata: JSON.parse(sent.subarray(0, end).toString()) as Record<string, unknown>,
    body: sent.subarray(end + 8).toString(),
  };
}

beforeEach(() => {
  numbers = () => lines(3);
  streamErrors = [];
});

describe('a streaming handler', () => {
  it('sends the head, then the body as it comes', async () => {
    expect(await stream('/numbers')).toEqual({
      metadata: {
        statusCode: 200,
        headers: { 'content-type': 'text/plain', 'x-lines': 'yes' },
        cookies: ['a=1'],
      },
      body: '1\n2\n3\n',
    });
  });

  it('serves operations that do not stream', async () => {
    expect(await stream('/hello')).toMatchObject({ body: '{"message":"Hi"}' });
  });

  it('sends the head of an answer without a body', async () => {
    expect(await stream('/hello', { method: 'DELETE' })).toEqual({
      metadata: { statusCode: 204, headers: {} },
      body: '',
    });
  });

  it('answers an unknown path with a problem', async () => {
    const { metadata, body } = await stream('/nowhere');
    expect(metadata).toMatchObject({ statusCode: 404 });
    expect(JSON.parse(body)).toMatchObject({ code: 'HTTP_NOT_FOUND' });
  });

  it('reports a body that breaks off, with what came before it sent', async () => {
    numbers = () => lines(9, 2);
    expect((await stream('/numbers')).body).toBe('1\n2\n');
    expect(streamErrors).toEqual([expect.objectContaining({ message: 'broke off' })]);
  });

  it('breaks off at the deadline and ends the source', async () => {
    let ended = false;
    numbers = async function* () {
      try {
        for (;;) {
          yield 'tick\n';
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      } finally {
        ended = true;
      }
    };
    await stream('/numbers', { context: { getRemainingTimeInMillis: () => 540 } });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(ended).toBe(true);
    expect(streamErrors).toHaveLength(1);
  });

  it('needs the runtime of Lambda', () => {
    expect(() => createStreamingHttpHandler({ ...options, onStreamError: () => undefined })).toThrow(
      TypeError,
    );
  });
});

it.each(FRONTS)('collects a streamed body for %s behind an ordinary handler', async (front) => {
  const result = readResult(
    await createHttpHandler({ ...options, features: [collectStreams()] })(
      EVENT_BUILDERS[front]({ path: '/numbers' }),
    ),
  );
  expect(result).toMatchObject({ status: 200, text: '1\n2\n3\n' });
});

it('answers 500 for a streamed body that is too large to collect', async () => {
  const block = new Uint8Array(1024 * 1024);
  numbers = async function* () {
    for (;;) yield block;
  };
  const handler = createHttpHandler({
    ...options,
    features: [collectStreams()],
    onRequestEnd: (end) => streamErrors.push(end.error),
  });
  expect(readResult(await handler(functionUrlEvent({ path: '/numbers' }))).status).toBe(500);
  expect(streamErrors).toEqual([expect.objectContaining({ code: 'HTTP_RESULT_TOO_LARGE' })]);
});

it('cannot make an ordinary handler of a streamed operation without something that collects it', () => {
  expect(() => createHttpHandler(options)).toThrow(/countUp requires stream/);
});

it.each([['text'], [{ a: 1 }], [['1\n']]])(
  'answers 500 for a streamed body that is no stream: %j',
  async (body) => {
    numbers = () => body as never;
    const onRequestEnd = (end: { readonly error: unknown }) => streamErrors.push(end.error);
    const handler = createHttpHandler({ ...options, features: [collectStreams()], onRequestEnd });
    expect((await handler(functionUrlEvent({ path: '/numbers' }))).statusCode).toBe(500);
    expect(streamErrors).toEqual([expect.objectContaining({ code: 'HTTP_RESULT_INVALID' })]);
  },
);
