import * as v from 'valibot';
import { defineContract } from '../contract/define-contract.ts';
import { cors } from '../features/cors/cors.ts';
import type { Feature } from '../features/feature.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import { problem } from '../problem/problem.ts';
import { restBinaryMediaTypes } from '../response/rest-binary-media-types.ts';
import { FRONTS, EVENT_BUILDERS, httpApiV2Event, readResult, restEvent } from '../testing/index.ts';
import { createHttpHandler } from './create-http-handler.ts';
import type { HttpHandlerOptions, RequestEnd } from './options.ts';

const contract = defineContract({
  get: {
    method: 'GET',
    path: '/thing',
    summary: '',
    access: { kind: 'public' },
    responses: { 200: { description: '', contentType: 'application/octet-stream' } },
  },
});
type Options = HttpHandlerOptions<typeof contract, never>;

let ends: RequestEnd[];
let get: () => unknown;

const create = (options: Partial<Options> = {}) =>
  createHttpHandler<typeof contract, never>({
    contract,
    handlers: { get: () => get() as never },
    onRequestEnd: (end) => ends.push(end),
    ...options,
  });
const send = async (options?: Partial<Options>, headers: Record<string, string> = {}) =>
  readResult(await create(options)(httpApiV2Event({ path: '/thing', requestId: 'r-1', headers })));

beforeEach(() => {
  ends = [];
  get = () => ({ status: 200, body: 'ok' });
});

describe.each(FRONTS)('what a handler must not answer is a 500 that the log explains, behind %s', (front) => {
  it.each([
    ['nothing', undefined, 'HTTP_RESULT_INVALID'],
    ['text', 'hello', 'HTTP_RESULT_INVALID'],
    ['an undeclared status', { status: 201, body: 'x' }, 'HTTP_RESULT_INVALID'],
    ['an object for bytes', { status: 200, body: { a: 1 } }, 'HTTP_RESULT_INVALID'],
    [
      'a header that would split',
      { status: 200, body: 'x', headers: { a: 'b\r\nc: d' } },
      'HTTP_RESULT_HEADER_INVALID',
    ],
    ['more than Lambda takes', { status: 200, body: 'x'.repeat(6_300_000) }, 'HTTP_RESULT_TOO_LARGE'],
  ])('%s', async (_name, answer, code) => {
    get = () => answer;
    const result = readResult(await create()(EVENT_BUILDERS[front]({ path: '/thing' })));
    expect(result.status).toBe(500);
    expect(result.json()).toMatchObject({ code: 'HTTP_INTERNAL' });
    expect(result.json()).not.toHaveProperty('detail');
    expect(ends).toEqual([
      expect.objectContaining({ status: 500, error: expect.objectContaining({ code }) as Error }),
    ]);
  });
});

describe('bytes behind a REST API', () => {
  const event = (accept?: string) =>
    restEvent({ path: '/thing', headers: accept === undefined ? {} : { accept } });

  it('go as text where they are UTF-8', async () => {
    get = () => ({ status: 200, body: Buffer.from('ü☕') });
    expect(await create()(event())).toMatchObject({ body: 'ü☕', isBase64Encoded: false });
  });

  it('go as base64 where the API decodes it', async () => {
    get = () => ({ status: 200, body: Uint8Array.from([255]) });
    const handler = create({ restDecodesBase64: restBinaryMediaTypes(['image/png']) });
    expect(await handler(event('image/png'))).toMatchObject({ body: '/w==', isBase64Encoded: true });
  });

  it('are a 500 where the caller would get base64 text', async () => {
    get = () => ({ status: 200, body: Uint8Array.from([255]) });
    expect((await create()(event('image/png'))).statusCode).toBe(500);
    expect(ends[0]?.error).toMatchObject({ code: 'HTTP_RESULT_BINARY_UNSUPPORTED' });
  });
});

describe('problems', () => {
  const fail = (error: unknown) => {
    get = () => {
      throw error;
    };
  };

  it('have a type by the base that the handler was given', async () => {
    fail(new HttpProblem(problem({ status: 409, code: 'THING_TAKEN', detail: 'Taken.' })));
    expect((await send({ problemTypeBase: 'https://api.example.com/problems/' })).json()).toEqual({
      type: 'https://api.example.com/problems/THING_TAKEN',
      title: 'Conflict',
      status: 409,
      detail: 'Taken.',
      instance: '/thing',
      code: 'THING_TAKEN',
      requestId: 'r-1',
    });
  });

  it('keep a type of their own', async () => {
    fail(new HttpProblem(problem({ status: 409, code: 'THING_TAKEN', type: 'https://example.com/taken' })));
    expect((await send({ problemTypeBase: 'https://x/' })).json()).toMatchObject({
      type: 'https://example.com/taken',
    });
  });

  it('of 500 and more keep code and headers, and say nothing else', async () => {
    fail(
      new HttpProblem(
        problem({
          status: 503,
          code: 'THING_STORE_DOWN',
          detail: 'table users-prod is throttled',
          errors: [{ in: 'body', pointer: '', detail: 'secret' }],
          headers: { 'Retry-After': '2' },
        }),
      ),
    );
    const result = await send();
    expect(result.header('retry-after')).toBe('2');
    expect(Object.keys(result.json() as object)).toEqual([
      'type',
      'title',
      'status',
      'instance',
      'code',
      'requestId',
    ]);
    expect(ends[0]?.problem?.detail).toBe('table users-prod is throttled');
  });

  it.each([['a string'], [undefined], [null], [{ message: 'object' }]])(
    'come of whatever is thrown: %j',
    async (thrown) => {
      fail(thrown);
      expect((await send()).json()).toMatchObject({ status: 500, code: 'HTTP_INTERNAL' });
      expect(ends[0]?.error).toBe(thrown);
    },
  );

  it('come of a promise that is rejected with no Error', async () => {
    const thrown: unknown = 'text';
    get = async () => {
      throw thrown;
    };
    expect((await send()).status).toBe(500);
  });

  it.each([200, 399, 600, 404.5, NaN])('have an error’s status, not %d', (status) => {
    expect(() => problem({ status, code: 'X' })).toThrow(TypeError);
  });

  it('come of an app whose own mapping fails', async () => {
    fail(new Error('first'));
    const result = await send({
      mapError: () => {
        throw new Error('second');
      },
    });
    expect(result.json()).toMatchObject({ status: 500, code: 'HTTP_INTERNAL' });
    expect((ends[0]?.error as AggregateError).errors.map(String)).toEqual(['Error: first', 'Error: second']);
  });

  it('of a second failure have what features add, but for a feature that fails', async () => {
    const origin = 'https://app.example.com';
    const failing: Feature = {
      name: 'failing',
      finish: (headers) => {
        headers['x-half-done'] = 'a';
        throw new Error('finish');
      },
    };
    fail(new Error('first'));
    const result = await send({ features: [failing, cors({ origins: [origin] })] }, { origin });
    expect(result.status).toBe(500);
    expect(result.header('access-control-allow-origin')).toBe(origin);
    expect(result.header('vary')).toBe('Origin');
  });

  it('of a second failure go without a header that cannot be sent', async () => {
    const splitting: Feature = { name: 'splitting', finish: (headers) => void (headers['x-a'] = 'b\n') };
    const result = await send({ features: [splitting] });
    expect(result.status).toBe(500);
    expect(result.header('x-a')).toBeUndefined();
  });

  it('come of an app whose problem has a header that cannot be sent', async () => {
    fail(new HttpProblem(problem({ status: 400, code: 'X', headers: { 'x-a': 'b\n' } })));
    expect((await send()).status).toBe(500);
    expect(ends).toHaveLength(1);
  });
});

describe('a hook that fails', () => {
  const failing = (): never => {
    throw new Error('hook');
  };

  it.each(['preflight', 'admit', 'represent', 'encode', 'finish'] as const)(
    'at %s makes a 500',
    async (hook) => {
      const feature: Feature = { name: 'failing', [hook]: failing };
      expect(await send({ features: [feature] })).toMatchObject({ status: 500 });
      expect(ends).toHaveLength(1);
    },
  );

  it('at the end changes nothing about the answer', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue();
    expect(await send({ onRequestEnd: failing })).toMatchObject({ status: 200, text: 'ok' });
    expect(log).toHaveBeenCalledTimes(1);
  });
});

describe('without onRequestEnd', () => {
  it('a failure is one line of JSON in the log', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue();
    get = () => {
      throw new Error('why', { cause: new Error('deeper') });
    };
    const handler = createHttpHandler<typeof contract, never>({
      contract,
      handlers: { get: () => get() as never },
    });
    await handler(httpApiV2Event({ path: '/thing', requestId: 'r-1' }));
    const line = JSON.parse(String(log.mock.calls[0]?.[0])) as Record<string, unknown>;
    expect(line).toMatchObject({
      level: 'ERROR',
      message: 'why',
      operationId: 'get',
      requestId: 'r-1',
      status: 500,
    });
    expect(line['error']).toMatch(/^Error: why\n/);
    expect(line['cause']).toMatch(/^Error: deeper\n/);
  });

  it('an answer leaves none', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue();
    const handler = createHttpHandler<typeof contract, never>({
      contract,
      handlers: { get: () => get() as never },
    });
    await handler(httpApiV2Event({ path: '/nowhere' }));
    expect(log).not.toHaveBeenCalled();
  });
});

it('refuses an answer that lacks its body', async () => {
  const json = { ...contract.get, responses: { 200: { description: '', body: v.object({}) } } } as const;
  const handler = createHttpHandler<{ get: typeof json }>({
    contract: { get: json },
    handlers: { get: () => ({ status: 200 }) as never },
    onRequestEnd: (end) => ends.push(end),
  });
  expect((await handler(httpApiV2Event({ path: '/thing' }))).statusCode).toBe(500);
  expect(ends[0]?.error).toMatchObject({ code: 'HTTP_RESULT_INVALID' });
});

describe('a handler cannot be made', () => {
  const handlers = { get: () => get() as never };

  it.each(['v1', '/v1/'])('with the base path %j', (basePath) => {
    expect(() => createHttpHandler({ contract, handlers, basePath })).toThrow(/base path/);
  });

  it.each([
    ['without a handler for each operation', { contract, handlers: {} }, /get has no handler/],
    [
      'with a handler for no operation',
      { contract, handlers: { ...handlers, put: handlers.get } },
      /no operation put/,
    ],
    [
      'without a way to know who calls',
      { contract: { get: { ...contract.get, access: { kind: 'scopes', anyOf: ['a'] } } }, handlers },
      /needs a guard/,
    ],
    [
      'with two operations on one route',
      { contract: { get: contract.get, put: contract.get }, handlers: { ...handlers, put: handlers.get } },
      /same route/,
    ],
  ])('%s', (_name, options, message) => {
    expect(() => createHttpHandler(options as never)).toThrow(message);
  });
});

it('tells the end of a request with its operation, status and time', async () => {
  let nowMs = 1000;
  get = () => {
    nowMs += 25;
    return { status: 200, body: 'ok' };
  };
  await send({ clock: () => nowMs });
  expect(ends).toEqual([
    expect.objectContaining({
      operationId: 'get',
      status: 200,
      durationMs: 25,
      problem: undefined,
      error: undefined,
    }),
  ]);
});

it('leaves what a handler gave as it is, whatever features write into the headers', async () => {
  const constant = { status: 200, headers: Object.freeze({ 'X-A': 'b' }), body: 'ok' };
  get = () => constant;
  const feature: Feature = { name: 'writer', finish: (headers) => void (headers['x-c'] = 'd') };
  const result = await send({ features: [feature] });
  expect([result.header('x-a'), result.header('x-c')]).toEqual(['b', 'd']);
  expect(constant.headers).toEqual({ 'X-A': 'b' });
});

it('gives each answer headers of its own', async () => {
  get = () => {
    throw shared;
  };
  const shared = new HttpProblem(problem({ status: 409, code: 'X', headers: { 'x-a': 'b' } }));
  let count = 0;
  const finish: Feature['finish'] = (headers) => void (headers[`x-${++count}`] = 'seen');
  const features = [{ name: 'counter', finish }];
  expect((await send({ features })).header('x-1')).toBe('seen');
  expect((await send({ features })).header('x-1')).toBeUndefined();
});
