import zlib from 'node:zlib';
import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import type { PrincipalLike } from '../../contract/handlers.ts';
import type { HttpHandlerOptions } from '../../handler/options.ts';
import { EVENT_BUILDERS, FRONTS, httpApiV2Event, readResult, restEvent } from '../../testing/index.ts';
import type { Front } from '../../request/http-request.ts';
import { restBinaryMediaTypes } from '../../response/rest-binary-media-types.ts';
import { toInteger } from '../../validation/coercions.ts';
import { conditional } from '../conditional/conditional.ts';
import { negotiateCoding } from './accept-encoding.ts';
import { supportedCodings } from './compress-bytes.ts';
import { compression } from './compression.ts';

const contract = defineContract({
  get: {
    method: 'GET',
    path: '/text/{size}',
    summary: 'Text',
    access: { kind: 'public' },
    request: { coerce: { params: { size: toInteger } }, params: v.object({ size: v.number() }) },
    responses: { 200: { description: 'Text', body: v.string() } },
  },
  raw: {
    method: 'GET',
    path: '/raw',
    summary: 'Raw',
    access: { kind: 'public' },
    responses: { 200: { description: 'Bytes', contentType: 'image/png' } },
  },
  plain: {
    method: 'GET',
    path: '/plain',
    summary: 'As it is',
    access: { kind: 'public' },
    responses: { 200: { description: 'Text', contentType: 'text/plain' } },
  },
});
type Options = HttpHandlerOptions<typeof contract, PrincipalLike>;

function createHandler(feature = compression({ codings: ['br', 'gzip'] }), more: Partial<Options> = {}) {
  return createHttpHandler<typeof contract>({
    contract,
    handlers: {
      get: ({ params }) => ({ status: 200, body: 'x'.repeat(params.size - 2), version: 1 }),
      raw: () => ({ status: 200, body: new Uint8Array(5000) }),
      plain: () => ({
        status: 200,
        headers: { 'cache-control': 'public, no-transform' },
        body: 'x'.repeat(5000),
      }),
    },
    features: [feature, conditional()],
    ...more,
  });
}

const get = async (path: string, acceptEncoding: string, front: Front = 'http-2.0') =>
  readResult(
    await createHandler()(EVENT_BUILDERS[front]({ path, headers: { 'accept-encoding': acceptEncoding } })),
  );

describe.each([
  ['br', (bytes: Uint8Array) => zlib.brotliDecompressSync(bytes)],
  ['gzip', (bytes: Uint8Array) => zlib.gunzipSync(bytes)],
] as const)('%s', (coding, decode) => {
  it.each([2000, 100_000])('gives a body of %i characters back', async (size) => {
    const result = await get(`/text/${size}`, coding);
    expect(result.header('content-encoding')).toBe(coding);
    expect(result.header('vary')).toBe('Accept-Encoding');
    expect(result.body.length).toBeLessThan(size / 4);
    expect(JSON.parse(decode(result.body).toString())).toBe('x'.repeat(size - 2));
  });
});

it('leaves zstd out where Node does not have it', () => {
  const hasZstd = 'zstdCompressSync' in zlib;
  expect(supportedCodings(['zstd', 'gzip'])).toEqual(hasZstd ? ['zstd', 'gzip'] : ['gzip']);
});

describe('a body is sent as it is', () => {
  it.each([
    ['below the threshold', '/text/1000'],
    ['of a type that does not shrink', '/raw'],
    ['with no-transform', '/plain'],
  ])('%s', async (_name, path) => {
    const result = await get(path, 'gzip');
    expect(result.header('content-encoding')).toBeUndefined();
    expect(result.header('vary')).toBeUndefined();
  });

  it('behind a REST API, which compresses by itself', async () => {
    expect((await get('/text/5000', 'gzip', 'rest')).header('content-encoding')).toBeUndefined();
  });
});

it('counts bytes, not characters, at the threshold', async () => {
  const handler = createHttpHandler<typeof contract>({
    contract,
    handlers: {
      get: () => ({ status: 200, body: 'ü'.repeat(600) }),
      raw: () => ({ status: 200, body: '' }),
      plain: () => ({ status: 200, body: '' }),
    },
    features: [compression()],
  });
  const event = httpApiV2Event({ path: '/text/1', headers: { 'accept-encoding': 'gzip' } });
  expect(readResult(await handler(event)).header('content-encoding')).toBe('gzip');
});

describe('behind a REST API, where asked to', () => {
  const feature = compression({ codings: ['gzip'], restApi: 'function' });
  const headers = { 'accept-encoding': 'gzip', accept: 'application/json' };

  it('compresses what the API will decode', async () => {
    const handler = createHandler(feature, { restDecodesBase64: restBinaryMediaTypes(['application/json']) });
    const result = await handler(restEvent({ path: '/text/5000', headers }));
    expect(result).toMatchObject({ isBase64Encoded: true });
    expect(readResult(result).header('content-encoding')).toBe('gzip');
  });

  it('leaves alone what would reach the caller as base64', async () => {
    const handler = createHandler(feature, { restDecodesBase64: restBinaryMediaTypes(['image/png']) });
    const result = await handler(restEvent({ path: '/text/5000', headers }));
    expect(result).toMatchObject({ isBase64Encoded: false });
  });
});

it.each(FRONTS)('varies on Accept-Encoding by %s alone where it could have coded', async (front) => {
  const vary = (await get('/text/5000', 'identity', front)).header('vary');
  expect(vary).toBe(front === 'rest' ? undefined : 'Accept-Encoding');
});

it('compresses a small body for a caller who refuses identity', async () => {
  expect((await get('/text/10', 'gzip, identity;q=0')).header('content-encoding')).toBe('gzip');
});

describe('the answer to HEAD', () => {
  const methods = async (path: string, acceptEncoding: string, front: Front) => {
    const send = async (method: string) =>
      readResult(
        await createHandler()(
          EVENT_BUILDERS[front]({ method, path, headers: { 'accept-encoding': acceptEncoding } }),
        ),
      );
    return { get: await send('GET'), head: await send('HEAD') };
  };

  it.each(FRONTS)('has the headers of GET, behind %s', async (front) => {
    for (const path of ['/text/5000', '/text/10', '/raw', '/plain']) {
      for (const acceptEncoding of ['gzip', 'identity', 'br;q=0.5, gzip', 'identity;q=0, gzip', '']) {
        const { get: full, head } = await methods(path, acceptEncoding, front);
        expect(head).toMatchObject({ status: 200, text: '' });
        expect(head.headers).toEqual(full.headers);
      }
    }
  });

  it('costs no coding', async () => {
    const gzip = jest.spyOn(zlib, 'gzipSync');
    const { head } = await methods('/text/5000', 'gzip', 'http-2.0');
    expect(head.header('etag')).toBe('"1--gzip"');
    expect(gzip).toHaveBeenCalledTimes(1);
    gzip.mockRestore();
  });
});

describe('negotiation', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, gzip;q=0, zstd;q=0', undefined],
    ['*', 'zstd'],
    ['*;q=0.5, zstd;q=0', 'br'],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['identity;q=1, gzip;q=0.5', undefined],
    ['identity;q=0.1, gzip;q=0.5', 'gzip'],
    ['deflate', undefined],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip ; q = 0.8', 'gzip'],
    ['gzip;q=2, br', 'br'],
    ['gzip;q=-1', undefined],
    ['gzip;q=0.0001', undefined],
    [', ,gzip,', 'gzip'],
  ])('of %j takes %s', (header, coding) => {
    expect(negotiateCoding(header, ['zstd', 'br', 'gzip']).coding).toBe(coding);
  });
});
