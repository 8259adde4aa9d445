import { FRONTS, readResult } from '../testing/index.ts';
import type { Front } from '../request/http-request.ts';
import type { HttpResponse } from './http-response.ts';
import { restBinaryMediaTypes } from './rest-binary-media-types.ts';
import { MAX_RESULT_BYTES, toResult } from './to-result.ts';

const make = (response: Partial<HttpResponse>, front: Front = 'http-2.0', method = 'GET') =>
  toResult({ status: 200, headers: {}, ...response }, { front, method });

/** Keys that each payload may have; a REST API answers 502 for any other. */
const KEYS: Readonly<Record<Front, readonly string[]>> = {
  rest: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
  'http-1.0': ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
  'http-2.0': ['statusCode', 'headers', 'cookies', 'body', 'isBase64Encoded'],
  url: ['statusCode', 'headers', 'cookies', 'body', 'isBase64Encoded'],
};

describe.each(FRONTS)('a result for %s', (front) => {
  const response: HttpResponse = {
    status: 200,
    headers: {
      'content-type': 'text/plain',
      link: ['</a>; rel=next', '</b>; rel=prev'],
      'set-cookie': 'c=3',
    },
    cookies: ['a=1', 'b=2'],
    body: 'hello',
  };

  it('has the keys of its payload alone', () => {
    expect(KEYS[front]).toEqual(expect.arrayContaining(Object.keys(make(response, front))));
  });

  it('sends each cookie on a line of its own, wherever it was put', () => {
    expect(readResult(make(response, front)).cookies).toEqual(['a=1', 'b=2', 'c=3']);
  });

  it('sends every value of a repeated header, none twice', () => {
    expect(readResult(make(response, front)).header('link')).toBe('</a>; rel=next, </b>; rel=prev');
  });

  it('sends nothing for an empty list', () => {
    const result = make({ headers: { link: [] }, cookies: [] }, front);
    expect(Object.keys(result).sort()).toEqual(['body', 'headers', 'isBase64Encoded', 'statusCode']);
    expect(result.headers).toEqual({});
  });

  it('sends bytes as base64', () => {
    const body = Uint8Array.from([0, 255, 254]);
    const result = make({ body }, front);
    expect(result).toMatchObject({ isBase64Encoded: true, body: 'AP/+' });
    expect([...readResult(result).body]).toEqual([...body]);
  });

  it('sends the part of a buffer that a view shows', () => {
    const body = Uint8Array.from([1, 2, 3, 4]).subarray(1, 3);
    expect([...readResult(make({ body }, front)).body]).toEqual([2, 3]);
  });
});

it.each([
  ['204', { status: 204 }, 'GET'],
  ['304', { status: 304 }, 'GET'],
  ['an answer to HEAD', { status: 200 }, 'HEAD'],
])('%s has no body', (_name, part, method) => {
  expect(make({ ...part, body: 'hello' }, 'rest', method).body).toBe('');
});

it('a 204 has no content type', () => {
  expect(make({ status: 204, headers: { 'Content-Type': 'text/plain', 'X-A': 'b' } }).headers).toEqual({
    'x-a': 'b',
  });
});

describe('a malformed response is refused', () => {
  it.each([
    ['an object for a body', { body: { a: 1 } }, 'HTTP_RESULT_INVALID'],
    ['a number for a body', { body: 7 }, 'HTTP_RESULT_INVALID'],
    ['a missing status', { status: undefined }, 'HTTP_RESULT_INVALID'],
    ['a status of 0', { status: 0 }, 'HTTP_RESULT_INVALID'],
    ['a status of text', { status: '200' }, 'HTTP_RESULT_INVALID'],
    ['an interim status', { status: 101 }, 'HTTP_RESULT_INVALID'],
    ['a fraction of a status', { status: 200.5 }, 'HTTP_RESULT_INVALID'],
    ['a number for a header', { headers: { 'x-count': 7 } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['a boolean for a header', { headers: { 'x-flag': true } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['null for a header', { headers: { 'x-null': null } }, 'HTTP_RESULT_HEADER_INVALID'],
    [
      'a line feed in a header',
      { headers: { location: '/a\nset-cookie: x=1' } },
      'HTTP_RESULT_HEADER_INVALID',
    ],
    ['a carriage return in a header', { headers: { location: '/a\rb' } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['a NUL in a header', { headers: { location: '/a\0b' } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['more than ASCII in a header', { headers: { location: '/ü' } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['a line feed in one of several', { headers: { link: ['a', 'b\nc'] } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['a line feed in a cookie', { cookies: ['a=1\r\nx: y'] }, 'HTTP_RESULT_HEADER_INVALID'],
    [
      'a line feed in a set-cookie header',
      { headers: { 'Set-Cookie': 'a=1\nb' } },
      'HTTP_RESULT_HEADER_INVALID',
    ],
    ['a header name with a colon', { headers: { 'x:y': 'a' } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['a header name with a line feed', { headers: { 'x\ny': 'a' } }, 'HTTP_RESULT_HEADER_INVALID'],
    ['an empty header name', { headers: { '': 'a' } }, 'HTTP_RESULT_HEADER_INVALID'],
  ])('%s', (_name, part, code) => {
    expect(() => make(part as never)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('without its value in the message', () => {
    expect(() => make({ headers: { 'x-key': 'secret\n' } })).toThrow(/^(?!.*secret)/s);
  });
});

describe('the largest result', () => {
  const overhead = Buffer.byteLength(JSON.stringify(make({ body: '' })));

  it.each([
    ['plain text', 'a', 1],
    ['text that JSON escapes', '"', 2],
    ['control characters', '\u0001', 6],
    ['text beyond ASCII', '☕', 3],
  ])('of %s is 6 MB as JSON', (_name, character, bytes) => {
    const count = Math.floor((MAX_RESULT_BYTES - overhead) / bytes);
    expect(() => make({ body: character.repeat(count) })).not.toThrow();
    expect(() => make({ body: character.repeat(count + 1) })).toThrow(
      expect.objectContaining({ code: 'HTTP_RESULT_TOO_LARGE' }) as Error,
    );
  });

  it('of bytes counts their base64', () => {
    expect(() => make({ body: new Uint8Array(4.4 * 1024 * 1024) })).not.toThrow();
    expect(() => make({ body: new Uint8Array(4.6 * 1024 * 1024) })).toThrow(/The result is \d+ bytes/);
  });
});

describe('a REST API decodes base64', () => {
  it.each([
    ['image/png', ['image/png'], true],
    ['image/png;q=0.9, text/html', ['image/png'], true],
    ['image/webp,image/png,*/*;q=0.8', ['image/png'], false],
    ['IMAGE/PNG', ['image/png'], true],
    ['application/whatever', ['application/*'], true],
    ['*/*', ['image/png'], false],
    [undefined, ['image/png'], false],
    [undefined, ['*/*'], true],
    ['text/html', ['*/*'], true],
    ['application', ['application/*'], false],
    ['image/png', [], false],
  ])('for Accept %j with %j: %s', (accept, types, decodes) => {
    expect(restBinaryMediaTypes(types)({ header: () => accept })).toBe(decodes);
  });
});
