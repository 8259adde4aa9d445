import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import { httpApiV2Event, readResult } from '../../testing/index.ts';
import { compression } from '../compression/compression.ts';
import { conditional } from './conditional.ts';
import { assertExpectedVersion, expectedVersions, parseEntityTags, toEntityTag } from './entity-tag.ts';

const body = v.object({ text: v.string() });
const contract = defineContract({
  read: {
    method: 'GET',
    path: '/doc',
    summary: 'Reads',
    access: { kind: 'public' },
    responses: { 200: { description: 'A document', body } },
  },
  cached: {
    method: 'GET',
    path: '/cached',
    summary: 'Reads',
    access: { kind: 'public' },
    cache: { ttlSeconds: 60, keys: [], visibility: 'public' },
    responses: { 200: { description: 'A document', body } },
  },
  change: {
    method: 'PUT',
    path: '/doc',
    summary: 'Changes',
    access: { kind: 'public' },
    precondition: 'required',
    responses: { 204: { description: 'Changed' } },
  },
});

const text = 'long '.repeat(1000);
const handler = createHttpHandler<typeof contract>({
  contract,
  handlers: {
    read: () => ({ status: 200, body: { text }, version: 7 }),
    cached: () => ({ status: 200, body: { text } }),
    change: ({ request }) => {
      assertExpectedVersion(request, 7);
      return { status: 204, version: 8 };
    },
  },
  features: [compression({ codings: ['gzip'] }), conditional()],
});

const send = async (method: string, headers: Record<string, string> = {}, path = '/doc') =>
  readResult(await handler(httpApiV2Event({ method, path, headers })));

describe('a read', () => {
  it('has a strong ETag of its version, and may be kept by its caller alone', async () => {
    const result = await send('GET');
    expect(result.header('etag')).toBe('"7"');
    expect(result.header('cache-control')).toBe('private, no-cache');
  });

  it.each(['"7"', 'W/"7"', '"1", "7"', '*', '"7--gzip"'])('is 304 for If-None-Match: %s', async (header) => {
    const result = await send('GET', { 'if-none-match': header });
    expect(result).toMatchObject({ status: 304, text: '' });
    expect(result.header('etag')).toBe(header === '"7--gzip"' ? '"7--gzip"' : '"7"');
    expect(result.header('vary')).toBe('Accept-Encoding');
    expect(result.header('content-type')).toBeUndefined();
  });

  it('is 200 for a version that is not the caller’s', async () => {
    expect((await send('GET', { 'if-none-match': '"6", W/"8"' })).status).toBe(200);
  });

  it('has another strong ETag for each content coding', async () => {
    const result = await send('GET', { 'accept-encoding': 'gzip' });
    expect(result.header('content-encoding')).toBe('gzip');
    expect(result.header('etag')).toBe('"7--gzip"');
  });

  it('is cached as its operation declares', async () => {
    const result = await send('GET', {}, '/cached');
    expect(result.header('cache-control')).toBe('public, max-age=60');
  });
});

describe('a change', () => {
  it.each([
    ['"7"', 204],
    ['"7--gzip"', 204],
    ['"1", "7"', 204],
    ['*', 204],
    ['"6"', 412],
    ['W/"7"', 412],
    ['7', 400],
    ['"7', 400],
    ['', 400],
  ])('with If-Match: %s is %i', async (header, status) => {
    expect((await send('PUT', { 'if-match': header })).status).toBe(status);
  });

  it('is 428 without If-Match where its operation requires one', async () => {
    const result = await send('PUT');
    expect(result.json()).toMatchObject({ status: 428, code: 'HTTP_PRECONDITION_REQUIRED' });
  });

  it('is not kept, and gives the new version', async () => {
    const result = await send('PUT', { 'if-match': '"7"' });
    expect(result.header('etag')).toBe('"8"');
    expect(result.header('cache-control')).toBe('no-store');
  });
});

it('keeps no problem in a cache', async () => {
  expect((await send('GET', {}, '/nowhere')).header('cache-control')).toBe('no-store');
});

it('is needed where an operation requires a precondition', () => {
  const handlers = { read: () => ({}), cached: () => ({}), change: () => ({}) } as never;
  expect(() => createHttpHandler({ contract, handlers })).toThrow(/change requires precondition/);
});

describe('entity tags', () => {
  it.each(['7', 'a b', '100%', 'ü"\\', 'x--gzip', '2026-01-01T00:00:00Z'])(
    'bring back the version %j',
    (version) => {
      const tag = toEntityTag(version);
      expect(tag).toMatch(/^"[\x21\x23-\x7e]*"$/);
      expect(parseEntityTags(tag)).toEqual([expect.objectContaining({ isWeak: false, version })]);
    },
  );

  it('leave out weak ones where a change expects a version', () => {
    expect(expectedVersions({ header: () => 'W/"1", "2"' })).toEqual(['2']);
    expect(expectedVersions({ header: () => undefined })).toBeUndefined();
  });
});
