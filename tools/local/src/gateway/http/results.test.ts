import { MalformedResultError, UndecodableBodyError } from '../integration/result-values.ts';
import { toResponseV1 } from './result-v1.ts';
import { HTTP_API_RULES, type ResultV2Rules, toResponseV2 } from './result-v2.ts';

const URL_RULES: ResultV2Rules = { defaultContentType: 'application/json', serialisesBody: true };
const TEXT = ['Content-Type', 'text/plain; charset=utf-8'];
const JSON_TYPE = ['Content-Type', 'application/json'];

function shown({ status, headers, body }: ReturnType<typeof toResponseV2>): unknown {
  return [status, headers, Buffer.from(body).toString()];
}

describe('a 2.0 result', () => {
  it.each([
    ['an object without a status', { a: 1 }, [200, [JSON_TYPE], '{"a":1}']],
    ['a list', ['a', 3, true], [200, [JSON_TYPE], '["a",3,true]']],
    ['a string', 'hello', [200, [JSON_TYPE], 'hello']],
    ['a number', 3.1, [200, [JSON_TYPE], '3.1']],
    ['nothing', null, [200, [JSON_TYPE], 'null']],
  ])('that is %s is the body itself', (_name, result, response) => {
    expect(shown(toResponseV2(result, HTTP_API_RULES))).toEqual(response);
  });

  it.each([
    ['has text by default', { statusCode: 200, body: '{}' }, [200, [TEXT], '{}']],
    ['may have a status as text', { statusCode: '418' }, [418, [TEXT], '']],
    ['may have members that nobody knows', { statusCode: 200, unknown: {} }, [200, [TEXT], '']],
    [
      'decodes base64 always',
      { statusCode: 200, body: 'dGVzdA==', isBase64Encoded: true },
      [200, [TEXT], 'test'],
    ],
    [
      'has a line for each cookie',
      { statusCode: 200, cookies: ['a=1', 'b=2'] },
      [200, [TEXT, ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']], ''],
    ],
    ['ignores multiValueHeaders', { statusCode: 200, multiValueHeaders: { a: ['b'] } }, [200, [TEXT], '']],
    [
      'keeps its own type',
      { statusCode: 200, headers: { 'content-type': 'x/y' } },
      [200, [['content-type', 'x/y']], ''],
    ],
  ])('with a status %s', (_name, result, response) => {
    expect(shown(toResponseV2(result, HTTP_API_RULES))).toEqual(response);
  });

  it.each([
    ['a status that is none', { statusCode: 0 }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
    ['a header that is an object', { statusCode: 200, headers: { a: {} } }],
  ])('is malformed with %s', (_name, result) => {
    expect(() => toResponseV2(result, HTTP_API_RULES)).toThrow(MalformedResultError);
  });

  it('cannot be sent when its base64 is none', () => {
    expect(() => toResponseV2({ statusCode: 200, body: '?', isBase64Encoded: true }, HTTP_API_RULES)).toThrow(
      UndecodableBodyError,
    );
  });

  it('of a function URL has JSON by default and may have an object for a body', () => {
    expect(shown(toResponseV2({ statusCode: 400, body: { a: '' } }, URL_RULES))).toEqual([
      400,
      [JSON_TYPE],
      '{"a":""}',
    ]);
  });
});

describe('a 1.0 result on an HTTP API', () => {
  it('has single headers before multi-value ones', () => {
    const result = { statusCode: 200, headers: { a: '1' }, multiValueHeaders: { a: ['2', '3'] }, unknown: 1 };
    expect(shown(toResponseV1(result))).toEqual([200, [TEXT, ['a', '1'], ['a', '2'], ['a', '3']], '']);
  });

  it.each([
    ['without a status', {}],
    ['that is a string', 'text'],
    ['with a status of 0', { statusCode: 0 }],
    ['with a body that is an object', { statusCode: 200, body: {} }],
  ])('%s is malformed', (_name, result) => {
    expect(() => toResponseV1(result)).toThrow(MalformedResultError);
  });
});
