import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import { httpApiV2Event, readResult } from '../../testing/index.ts';
import { compression } from '../compression/compression.ts';
import { conditional } from './conditional.ts';
import {
  assertExpectedVersion,
  expectedVersions,
  parseEntityTags,
  toEntityTag,
  unexpectedVersions,
} from './entity-tag.ts';

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
  odd: {
    method: 'GET',
    path: '/odd',
    summary: 'Reads',
    access: { kind: 'public' },
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
  create: {
    method: 'PUT',
    path: '/new',
    summary: 'Creates',
    access: { kind: 'public' },
    precondition: 'optional',
    responses: { 204: { description: 'Created' } },
  },
});

const text = 'long '.repeat(1000);
/** How often a change came to its handler. */
let handled = 0;
const handler = createHttpHandler<typeof contract>({
  contract,
  handlers: {
    read: () => ({ status: 200, body: { text }, version: 7 }),
    cached: () => ({ status: 200, body: { text } }),
    odd: ({ request }) => {
      assertExpectedVersion(request, 'ÿ');
      return { status: 200, body: { text }, version: 'ÿ' };
    },
    change: ({ request }) => {
      handled += 1;
      assertExpectedVersion(request, 7);
      return { status: 204, version: 8 };
    },
    create: ({ request }) => {
      assertExpectedVersion(request, undefined);
      return { status: 204, version: 1 };
    },
  },
  onRequestEnd: () => undefined,
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

  it.each(['7', '"7', '', '"7" "8"'])('is 400 for a malformed If-None-Match: %j', async (header) => {
    const result = await send('GET', { 'if-none-match': header });
    expect(result.json()).toMatchObject({ status: 400, code: 'HTTP_PRECONDITION_INVALID' });
  });

  it('takes no notice of If-None-Match where it has no version', async () => {
    expect((await send('GET', { 'if-none-match': '7' }, '/cached')).status).toBe(200);
  });

  it('is 200 for a version that is not the caller’s', async () => {
    expect((await send('GET', { 'if-none-match': '"6", W/"8"' })).status).toBe(200);
  });

  it.each([
    ['encodes what needs no code', '/doc', '"%37"'],
    ['encodes it in a coded one', '/doc', 'W/"%37--gzip"'],
    ['has a coding that is not ours', '/doc', '"7--deflate"'],
    ['has two', '/doc', '"7--br--gzip"'],
    ['holds the character that ours encodes', '/odd', '"ÿ"'],
    ['encodes in lower case', '/odd', '"%c3%bf"'],
    ['is no text', '/odd', '"%ff"'],
  ])('is 200 for a tag that it never had: one that %s', async (_name, path, header) => {
    const result = await send('GET', { 'if-none-match': header }, path);
    expect(result.status).toBe(200);
    expect(result.header('etag')).toBe(path === '/doc' ? '"7"' : '"%C3%BF"');
  });

  it('is 304, not 412, for a version that the caller has, whatever its handler asserts', async () => {
    expect((await send('GET', { 'if-none-match': '"%C3%BF"' }, '/odd')).status).toBe(304);
    expect((await send('GET', { 'if-match': '"1"' }, '/odd')).status).toBe(412);
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
    ['"%37"', 412],
    ['"7--deflate"', 412],
    ['7', 400],
    ['"7', 400],
    ['', 400],
  ])('with If-Match: %s is %i', async (header, status) => {
    expect((await send('PUT', { 'if-match': header })).status).toBe(status);
  });

  it.each([
    ['"6"', 204],
    ['"7"', 412],
    ['W/"7"', 412],
    ['"7--gzip"', 412],
    ['"%37"', 204],
    ['*', 412],
    ['7', 400],
  ])('with If-Match that holds and If-None-Match: %s is %i', async (header, status) => {
    expect((await send('PUT', { 'if-match': '*', 'if-none-match': header })).status).toBe(status);
  });

  it.each([
    ['if-none-match', '*', 204],
    ['if-none-match', '"7"', 204],
    ['if-match', '*', 412],
    ['if-match', '"7"', 412],
  ])('of what is not there, with %s: %s is %i', async (name, value, status) => {
    expect((await send('PUT', { [name]: value }, '/new')).status).toBe(status);
  });

  it.each(['if-match', 'if-none-match'])('is 400 before its handler for a malformed %s', async (name) => {
    const changes = handled;
    const result = await send('PUT', { 'if-match': '"7"', [name]: '7' });
    expect(result.json()).toMatchObject({ status: 400, code: 'HTTP_PRECONDITION_INVALID' });
    expect(handled).toBe(changes);
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
  const handlers = Object.fromEntries(Object.keys(contract).map((id) => [id, () => ({})])) as never;
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

  it('are compared strongly where a change expects a version, weakly where it excludes one', () => {
    const request = { header: () => 'W/"1", "2", "%33"' };
    expect(expectedVersions(request)).toEqual(['2']);
    expect(unexpectedVersions(request)).toEqual(['1', '2']);
  });

  it('name no versions without their header', () => {
    expect(expectedVersions({ header: () => undefined })).toBeUndefined();
    expect(unexpectedVersions({ header: () => undefined })).toBeUndefined();
  });
});
