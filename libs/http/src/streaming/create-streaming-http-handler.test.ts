import { Readable } from 'node:stream';
import { createStreamingHttpHandler } from './create-streaming-http-handler.ts';
import { LambdaResponseStream } from './testing/lambda-runtime.ts';
import { contract, createNumbersApi, lines } from './testing/numbers-api.ts';
import type { NumbersApi } from './testing/numbers-api.ts';

let api: NumbersApi;

beforeEach(() => {
  api = createNumbersApi();
});

it('sends the head, then the body as it comes', async () => {
  expect(await api.send('/numbers')).toEqual({
    outcome: 'complete',
    metadata: {
      statusCode: 200,
      headers: {
        'content-type': 'text/plain',
        'x-lines': 'yes',
        etag: '"1"',
        'cache-control': 'private, no-cache',
      },
      cookies: ['a=1'],
    },
    body: '1\n2\n3\n',
    trailer: undefined,
  });
});

it('sends a Node.js stream, and chunks of any kind of bytes', async () => {
  class Bytes extends Uint8Array {}
  api.numbers = () => Readable.from(['a', Buffer.from('b'), new Uint8Array([99]), new Bytes([100])]);
  expect(await api.send('/numbers')).toMatchObject({ outcome: 'complete', body: 'abcd' });
});

it('sends the head of an empty stream', async () => {
  api.numbers = () => lines(0);
  expect(await api.send('/numbers')).toMatchObject({
    outcome: 'complete',
    metadata: { statusCode: 200 },
    body: '',
  });
});

it('serves operations that do not stream', async () => {
  expect(await api.send('/hello')).toMatchObject({ outcome: 'complete', body: '{"message":"Hi"}' });
});

it('sends the head of an answer without a body', async () => {
  expect(await api.send('/hello', { method: 'DELETE' })).toMatchObject({
    outcome: 'complete',
    metadata: { statusCode: 204 },
    body: '',
  });
});

it('answers an unknown path with a problem', async () => {
  const { metadata, body } = await api.send('/nowhere');
  expect(metadata).toMatchObject({ statusCode: 404 });
  expect(JSON.parse(body)).toMatchObject({ code: 'HTTP_NOT_FOUND' });
});

it('reads no further than the caller takes it', async () => {
  let unsentBytes = 0;
  const stream = new LambdaResponseStream(4 * 1024);
  api.numbers = async function* () {
    for (let chunk = 0; chunk < 100; chunk++) {
      unsentBytes = Math.max(unsentBytes, stream.writableLength);
      yield new Uint8Array(1024);
    }
  };
  expect((await api.send('/numbers', { stream })).body).toHaveLength(100 * 1024);
  expect(unsentBytes).toBeLessThanOrEqual(4 * 1024);
});

it('needs the runtime of Lambda', () => {
  const handlers = { countUp: () => ({}), hello: () => ({}), none: () => ({}) } as never;
  expect(() => createStreamingHttpHandler({ contract, handlers, onStreamError: () => undefined })).toThrow(
    TypeError,
  );
});
