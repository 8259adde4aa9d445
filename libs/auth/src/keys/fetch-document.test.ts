import { AuthError } from '../errors.ts';
import { fetchJsonObject, type DocumentRequest, type FetchDocument } from './fetch-document.ts';

const request: DocumentRequest = {
  url: 'https://issuer.example/jwks',
  method: 'GET',
  headers: {},
  timeoutMs: 1_500,
  maxBytes: 20,
};
const answering =
  (body: string, status = 200): FetchDocument =>
  () =>
    Promise.resolve({ status, body: Buffer.from(body) });
const read = (fetch: FetchDocument) => fetchJsonObject(fetch, request, 'AUTH_KEY_SOURCE_DOWN');

describe('fetchJsonObject', () => {
  afterEach(() => jest.useRealTimers());

  it.each([
    ['an object', '{"a":1}'],
    ['an object with white space around it', ' {"a":1}\r\n'],
    ['exactly the bytes that are allowed', '{"a":1}'.padEnd(20)],
  ])('reads %s', async (_, body) => {
    await expect(read(answering(body))).resolves.toEqual({ a: 1 });
  });

  it.each([
    ['a byte too many', answering('{"a":1}'.padEnd(21)), 'size'],
    ['a list', answering('[]'), 'json'],
    ['no content', answering(''), 'json'],
    ['a status that is not 200', answering('{}', 204), 'status 204'],
    ['a redirect', answering('{}', 301), 'status 301'],
    ['no connection', () => Promise.reject(new Error('refused')), 'connection'],
  ])('refuses %s', async (_, fetch, detail) => {
    await expect(read(fetch)).rejects.toMatchObject({ code: 'AUTH_KEY_SOURCE_DOWN', kind: 'outage', detail });
  });

  it('names the cause of a failed connection, and lets an error of ours through', async () => {
    const cause = new Error('refused');
    await expect(read(() => Promise.reject(cause))).rejects.toMatchObject({ cause });
    const ours = new AuthError('AUTH_SECRET_INVALID');
    await expect(read(() => Promise.reject(ours))).rejects.toBe(ours);
  });

  it('gives up on a silent endpoint when its time is over, not before', async () => {
    jest.useFakeTimers();
    let outcome = 'waiting';
    const done = read(() => new Promise<never>(() => undefined)).catch((error: unknown) => {
      outcome = (error as AuthError).detail!;
    });
    await jest.advanceTimersByTimeAsync(1_499);
    expect(outcome).toBe('waiting');
    await jest.advanceTimersByTimeAsync(1);
    await done;
    expect(outcome).toBe('timeout');
  });

  it('leaves no timer behind, which would keep the process awake', async () => {
    jest.useFakeTimers();
    await read(answering('{}'));
    expect(jest.getTimerCount()).toBe(0);
  });
});
