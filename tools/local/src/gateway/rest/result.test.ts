import { MalformedResultError, UndecodableBodyError } from '../integration/result-values.ts';
import { acceptsBinary, isBinaryType } from './binary-media.ts';
import { remapHeaders } from './remap-headers.ts';
import { toRestResponse } from './result.ts';

describe('a proxy result on a REST API', () => {
  it.each([
    ['nothing at all', {}, 200],
    ['headers alone', { headers: { a: 'b' } }, 200],
    ['a status as text', { statusCode: '201' }, 201],
    [
      'null in the place of optional members',
      { statusCode: 200, headers: null, body: null, isBase64Encoded: null },
      200,
    ],
    ['a body that is a number', { body: 7 }, 200],
  ])('may hold %s', (_name, result, status) => {
    expect(toRestResponse(result, false).status).toBe(status);
  });

  it.each([
    ['is a string', 'text'],
    ['is a list', []],
    ['is null', null],
    ['has an unknown member', { statusCode: 200, cookies: [] }],
    ['has a status of 0', { statusCode: 0 }],
    ['has a status that is no number', { statusCode: 'test' }],
    ['has an interim status', { statusCode: 101 }],
    ['has a fraction of a status', { statusCode: 200.5 }],
    ['has a body that is an object', { body: {} }],
    ['has headers that are a list', { headers: [] }],
    ['has a header that is a list', { headers: { a: ['b'] } }],
    ['has a multi-value header that is a string', { multiValueHeaders: { a: 'b' } }],
    ['has a header name that is none', { headers: { 'a b': 'c' } }],
    ['has a line end in a header', { headers: { a: 'b\r\nc: d' } }],
    ['has a flag that is no boolean', { isBase64Encoded: 1 }],
  ])('is malformed when it %s', (_name, result) => {
    expect(() => toRestResponse(result, false)).toThrow(MalformedResultError);
  });

  it.each([
    [
      { headers: { a: true, b: 1, c: null } },
      [
        ['Content-Type', 'application/json'],
        ['a', 'true'],
        ['b', '1'],
      ],
    ],
    [{ headers: { 'content-TYPE': 'x/y' } }, [['content-TYPE', 'x/y']]],
    [
      { multiValueHeaders: { 'X-A': ['1', '2'] }, headers: { 'x-a': '3', b: '4' } },
      [
        ['Content-Type', 'application/json'],
        ['X-A', '1'],
        ['X-A', '2'],
        ['X-A', '3'],
        ['b', '4'],
      ],
    ],
    [
      { multiValueHeaders: { a: ['1', '2'] }, headers: { A: '2' } },
      [
        ['Content-Type', 'application/json'],
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ])('merges the headers of %j', (result, headers) => {
    expect(toRestResponse(result, false).headers).toEqual(headers);
  });

  it.each([
    [
      'decodes base64 where the request accepts it',
      { body: 'dGVzdA==', isBase64Encoded: true },
      true,
      'test',
    ],
    ['decodes base64 without its padding', { body: 'dGVzdA', isBase64Encoded: true }, true, 'test'],
    [
      'leaves base64 where the request does not',
      { body: 'dGVzdA==', isBase64Encoded: true },
      false,
      'dGVzdA==',
    ],
    ['leaves text that is not flagged', { body: 'dGVzdA==' }, true, 'dGVzdA=='],
  ])('%s', (_name, result, accepts, body) => {
    expect(Buffer.from(toRestResponse(result, accepts).body).toString()).toBe(body);
  });

  it('cannot be sent when its base64 is none', () => {
    expect(() => toRestResponse({ body: 'èé+à)(', isBase64Encoded: true }, true)).toThrow(
      UndecodableBodyError,
    );
  });
});

describe('binary media types', () => {
  it.each([
    [['image/png'], 'image/png', true],
    [['image/png'], 'image/png;q=0.8', true],
    [['image/png'], 'IMAGE/PNG', true],
    [['image/*'], 'image/webp', true],
    [['image/png'], 'image/*', false],
    [['*/test'], 'a/test', false],
    [['application/*'], 'application', false],
    [['image/png'], undefined, false],
    [['*/*'], undefined, true],
    [['image/png'], '*/*', false],
    [['image/png'], 'image/webp,image/png', false],
    [['image/png'], 'image/png,*/*', true],
  ])('%j by Accept %s: %s', (declared, accept, expected) => {
    expect(acceptsBinary(declared, accept)).toBe(expected);
  });

  it('count for a request by its Content-Type', () => {
    expect(isBinaryType(['application/json'], 'application/json; charset=utf-8')).toBe(true);
  });
});

it('renames the headers that are the gateway’s own, drops Transfer-Encoding and keeps the rest', () => {
  const names = ['Authorization', 'date', 'WWW-Authenticate', 'Transfer-Encoding', 'TE', 'Via', 'x-own'];
  expect(remapHeaders(names.map((name) => [name, 'v'] as const)).map(([name]) => name)).toEqual([
    'x-amzn-Remapped-Authorization',
    'x-amzn-Remapped-date',
    'x-amzn-Remapped-WWW-Authenticate',
    'TE',
    'Via',
    'x-own',
  ]);
});
