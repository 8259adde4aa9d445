import fc from 'fast-check';
import { HttpMessageError, type HttpMessage } from './http-message.ts';
import { MessageReader } from './message-reader.ts';

function readAll(
  pieces: readonly (string | Buffer)[],
  maxBodyBytes = 1000,
  maxHeadBytes = 10_000,
): HttpMessage[] {
  const messages: HttpMessage[] = [];
  const options = { maxBodyBytes: () => maxBodyBytes, maxHeadBytes };
  const reader = new MessageReader(options, (message) => void messages.push(message));
  for (const piece of pieces) reader.push(Buffer.from(piece));
  return messages;
}

function plain({ start, headers, body, bodyTooLarge }: HttpMessage): unknown {
  return { start: [...start], headers: Object.fromEntries(headers), body: body.toString(), bodyTooLarge };
}

const POST = 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED =
  'POST /y HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: late\r\n\r\n';
const RESPONSE = 'HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nOK';

describe('a message', () => {
  test.each<[string, string, unknown]>([
    [
      'a request with a body',
      POST,
      { start: ['POST', '/x', 'HTTP/1.1'], headers: { host: 'a', 'content-length': '5' }, body: 'hello' },
    ],
    [
      'a request without one',
      'GET / HTTP/1.1\r\n\r\n',
      { start: ['GET', '/', 'HTTP/1.1'], headers: {}, body: '' },
    ],
    [
      'chunks and a trailer',
      CHUNKED,
      {
        start: ['POST', '/y', 'HTTP/1.1'],
        headers: { 'transfer-encoding': 'chunked', trailer: 'T', t: 'late' },
        body: 'abc0123456789',
      },
    ],
    [
      'a response',
      RESPONSE,
      { start: ['HTTP/1.1', '202', 'Accepted'], headers: { 'content-length': '2' }, body: 'OK' },
    ],
    [
      'a response without a reason',
      'HTTP/1.1 200\r\n\r\n',
      { start: ['HTTP/1.1', '200', ''], headers: {}, body: '' },
    ],
    [
      'a repeated header',
      'GET / HTTP/1.1\r\nA: 1\r\na:2 \r\n\r\n',
      { start: ['GET', '/', 'HTTP/1.1'], headers: { a: '1, 2' }, body: '' },
    ],
  ])('of %s is read', (_name, text, expected) => {
    expect(readAll([text]).map(plain)).toEqual([{ ...(expected as object), bodyTooLarge: false }]);
  });

  test('is the same wherever the stream is split', () => {
    const stream = Buffer.from(POST + CHUNKED + 'GET / HTTP/1.1\r\n\r\n' + RESPONSE);
    const whole = readAll([stream]).map(plain);
    expect(whole).toHaveLength(4);
    for (let at = 1; at < stream.length; at++)
      expect(readAll([stream.subarray(0, at), stream.subarray(at)]).map(plain)).toEqual(whole);
    expect(readAll(Array.from(stream, (byte) => Buffer.from([byte]))).map(plain)).toEqual(whole);
  });

  test('that is not whole is kept back', () => {
    expect(readAll([POST.slice(0, -1)])).toEqual([]);
  });
});

describe('a limit', () => {
  test.each<[string, string]>([
    ['by length', 'POST /x HTTP/1.1\r\nContent-Length: 11\r\n\r\n01234567890'],
    [
      'in chunks',
      'POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n3\r\n890\r\n0\r\n\r\n',
    ],
  ])('of the body that is broken %s drops the body, and the next message is read', (_how, text) => {
    const [first, second] = readAll([text, POST], 10);
    expect([first!.bodyTooLarge, first!.body.length]).toEqual([true, 0]);
    expect(plain(second!)).toMatchObject({ body: 'hello', bodyTooLarge: false });
  });

  test('of the head refuses the stream, ended or not', () => {
    expect(() => readAll(['GET / HTTP/1.1\r\nA: ' + 'x'.repeat(200)], 10, 100)).toThrow(HttpMessageError);
    expect(() => readAll(['GET / HTTP/1.1\r\nA: ' + 'x'.repeat(200) + '\r\n\r\n'], 10, 100)).toThrow(
      HttpMessageError,
    );
  });

  test('of the body is asked by the message’s own fields', () => {
    const seen: unknown[] = [];
    const options = { maxBodyBytes: (headers: ReadonlyMap<string, string>) => Number(headers.get('limit')) };
    const reader = new MessageReader(options, ({ bodyTooLarge }) => void seen.push(bodyTooLarge));
    for (const limit of [4, 5])
      reader.push(
        Buffer.from(`POST / HTTP/1.1\r\nLimit: ${String(limit)}\r\nContent-Length: 5\r\n\r\n12345`),
      );
    expect(seen).toEqual([true, false]);
  });
});

test.each<[string, string]>([
  ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n'],
  ['no version', 'GET /\r\n\r\n'],
  ['an absolute target', 'GET http://a/ HTTP/1.1\r\n\r\n'],
  ['an empty start line', '\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['a header without a colon', 'GET / HTTP/1.1\r\nabc\r\n\r\n'],
  ['a space before the colon', 'GET / HTTP/1.1\r\na : b\r\n\r\n'],
  ['a folded header', 'GET / HTTP/1.1\r\na: b\r\n c\r\n\r\n'],
  ['a bare line feed in a value', 'GET / HTTP/1.1\r\na: b\nc: d\r\n\r\n'],
  ['a NUL in a value', 'GET / HTTP/1.1\r\na: b\0\r\n\r\n'],
  ['a negative length', 'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n'],
  ['a length with a sign', 'POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\nhello'],
  ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello'],
  [
    'a length beside chunked',
    'POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['another coding', 'POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
  ['a chunk without a size', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
  [
    'a chunk longer than its size',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n',
  ],
  ['a chunk size over 32 bits', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100000000\r\n'],
])('%s is refused', (_what, text) => {
  expect(() => readAll([text])).toThrow(HttpMessageError);
});

describe('any stream', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const mutated = fc
    .tuple(fc.constantFrom(POST, CHUNKED, RESPONSE), fc.nat(), fc.nat({ max: 255 }))
    .map(([text, at, byte]) => {
      const buffer = Buffer.from(text);
      buffer[at % buffer.length] = byte;
      return buffer;
    });

  test('gives messages or HttpMessageError, and the same in pieces as in one', () => {
    const outcome = (pieces: readonly Buffer[]): unknown => {
      const messages: unknown[] = [];
      const reader = new MessageReader(
        { maxBodyBytes: () => 1000 },
        (message) => void messages.push(plain(message)),
      );
      try {
        for (const piece of pieces) reader.push(piece);
      } catch (error) {
        expect(error).toBeInstanceOf(HttpMessageError);
        return [...messages, 'refused'];
      }
      return messages;
    };
    fc.assert(
      fc.property(fc.oneof(bytes, mutated), fc.nat({ max: 300 }), (stream, at) => {
        expect(outcome([stream.subarray(0, at), stream.subarray(at)])).toEqual(outcome([stream]));
      }),
      { numRuns: 3000 },
    );
  });

  test('of any bodies comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), fc.nat({ max: 50 }), (bodies, size) => {
        const stream = Buffer.concat(
          bodies.flatMap((body) => [
            Buffer.from(`POST / HTTP/1.1\r\nContent-Length: ${String(body.length)}\r\n\r\n`),
            body,
          ]),
        );
        const pieces: Buffer[] = [];
        for (let at = 0; at < stream.length; at += size + 1) pieces.push(stream.subarray(at, at + size + 1));
        expect(readAll(pieces).map((message) => message.body)).toEqual(bodies);
      }),
      { numRuns: 300 },
    );
  });
});
