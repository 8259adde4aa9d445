import { Readable } from 'node:stream';
import { createNumbersApi, later, lines, SHORT } from './testing/numbers-api.ts';
import type { Call, NumbersApi } from './testing/numbers-api.ts';

let api: NumbersApi;

beforeEach(() => {
  api = createNumbersApi();
});

describe('a body that fails before its first chunk', () => {
  it.each([
    ['an error that is mapped', () => lines(3, 0), 503, 'APP_DOWN'],
    ['no stream', () => 'text' as never, 500, 'HTTP_INTERNAL'],
  ])('is answered as any failure: %s', async (_name, source, status, code) => {
    api.numbers = source;
    const { outcome, metadata, body } = await api.send('/numbers');
    expect({ outcome, metadata }).toMatchObject({ outcome: 'complete', metadata: { statusCode: status } });
    expect(JSON.parse(body)).toMatchObject({ status, code });
    expect(api.ends).toEqual([expect.objectContaining({ status })]);
    expect(api.streamErrors).toEqual([]);
  });

  it('is answered 504 at the deadline, and its source is ended', async () => {
    const source = new Readable({ read: () => undefined });
    api.numbers = () => source;
    const { outcome, metadata, body } = await api.send('/numbers', { context: SHORT });
    expect({ outcome, metadata }).toMatchObject({ outcome: 'complete', metadata: { statusCode: 504 } });
    expect(JSON.parse(body)).toMatchObject({ code: 'HTTP_DEADLINE_EXCEEDED' });
    expect(source.destroyed).toBe(true);
  });
});

describe('a body that nobody reads', () => {
  it.each<[string, Call, Record<string, string>, number]>([
    ['HEAD', { method: 'HEAD' }, {}, 200],
    ['a caller who has it', { headers: { 'if-none-match': '"1"' } }, {}, 304],
    ['a head that cannot be sent', {}, { 'x-bad': 'a\r\nb' }, 500],
  ])('is ended: %s', async (_name, call, headers, status) => {
    const source = Readable.from(['a', 'b']);
    api.numbers = () => source;
    api.headers = headers;
    const { outcome, metadata } = await api.send('/numbers', call);
    expect({ outcome, metadata }).toMatchObject({ outcome: 'complete', metadata: { statusCode: status } });
    expect(source.destroyed).toBe(true);
  });

  it('does not run for HEAD, and is ended once', async () => {
    const next = jest.fn();
    const end = jest.fn(() => Promise.reject(new Error('at its end')));
    api.numbers = () => ({ [Symbol.asyncIterator]: () => ({ next, return: end }) });
    expect((await api.send('/numbers', { method: 'HEAD' })).body).toBe('');
    expect(next).not.toHaveBeenCalled();
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('is ended when it comes after the deadline', async () => {
    const source = Readable.from(['a', 'b']);
    api.numbers = async () => {
      await later(80);
      return source;
    };
    expect((await api.send('/numbers', { context: SHORT })).metadata).toMatchObject({ statusCode: 504 });
    await later(80);
    expect(source.destroyed).toBe(true);
  });
});
