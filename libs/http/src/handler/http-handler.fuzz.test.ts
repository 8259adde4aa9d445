import fc from 'fast-check';
import * as v from 'valibot';
import { defineContract } from '../contract/define-contract.ts';
import { compression } from '../features/compression/compression.ts';
import { conditional } from '../features/conditional/conditional.ts';
import { cors } from '../features/cors/cors.ts';
import { idempotency } from '../features/idempotency/idempotency.ts';
import { guard } from '../guard/guard.ts';
import { cookies } from '../request/cookies.ts';
import { fromEvent } from '../request/from-event.ts';
import type { LambdaResult } from '../response/lambda-result.ts';
import { EVENT_BUILDERS, FRONTS, createMemoryIdempotencyStore, readResult } from '../testing/index.ts';
import type { RequestSpec } from '../testing/index.ts';
import { toBoolean, toInteger, toStrings } from '../validation/coercions.ts';
import { createHttpHandler } from './create-http-handler.ts';

/** 2,000 runs in `test`, 100,000 in `test:nightly` (jest.config.cjs, jest.nightly.config.cjs). */
declare const FUZZ_RUNS: number;
const runs = { numRuns: FUZZ_RUNS };

const contract = defineContract({
  echo: {
    method: 'POST',
    path: '/echo/{name}',
    summary: '',
    access: { kind: 'public' },
    idempotency: 'optional',
    request: { body: { schema: v.unknown(), contentTypes: ['application/json', 'text/plain', 'image/png'] } },
    responses: { 200: { description: '', body: v.unknown() } },
  },
  reflect: {
    method: 'GET',
    path: '/reflect/{rest+}',
    summary: '',
    access: { kind: 'public' },
    request: { coerce: { query: { n: toInteger, b: toBoolean, s: toStrings } }, query: v.unknown() },
    responses: { 200: { description: '', contentType: 'text/plain' } },
  },
  secret: {
    method: 'GET',
    path: '/secret',
    summary: '',
    access: { kind: 'scopes', anyOf: ['a'] },
    responses: { 204: { description: '' } },
  },
});

const handler = createHttpHandler<typeof contract>({
  contract,
  handlers: {
    echo: ({ params, body, request }) => ({
      status: 200,
      body: {
        name: params.name,
        cookies: cookies(request),
        body: body instanceof Uint8Array ? body.length : body,
      },
      version: params.name,
    }),
    // What is sent back as a header is the caller's: it either fits in one, or is a 500, never a second header.
    reflect: ({ params, query, request }) => ({
      status: 200,
      headers: { 'x-reflected': request.header('x-evil') ?? '' },
      body: params.rest + JSON.stringify(query),
    }),
    secret: () => ({ status: 204 }),
  },
  guard: guard({
    authenticate: (request) =>
      request.header('authorization') === 'Bearer good' ? { kind: 'user', scopes: ['a'] } : undefined,
  }),
  features: [
    cors({ origins: ['https://app.example.com', 'https://*.example.org'] }),
    compression({ thresholdBytes: 10 }),
    conditional(),
    idempotency({
      store: createMemoryIdempotencyStore(),
      callerOf: () => 'anyone',
      onStoreError: () => undefined,
    }),
  ],
  limits: { bodyBytes: 2000, jsonDepth: 8 },
  onRequestEnd: () => undefined,
});

const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;

/** What is wrong with a result, in words; plain checks, since `expect` costs more than a request. */
function faultOf(result: LambdaResult): string | undefined {
  const { statusCode, body, headers, isBase64Encoded } = result;
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) return `status ${statusCode}`;
  if (typeof body !== 'string' || typeof isBase64Encoded !== 'boolean') return 'body';
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name) || typeof value !== 'string' || !FIELD_VALUE.test(value)) return `header ${name}`;
  }
  if ('multiValueHeaders' in result || 'cookies' in result) return 'headers that nobody set';
  if (isBase64Encoded && Buffer.from(body, 'base64').toString('base64') !== body) return 'base64';
  if (!headers['vary']?.includes('Origin')) return 'vary';
  return undefined;
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '%',
    '%zz',
    '%FF',
    '%00',
    '..',
    '../../etc/passwd',
    'a\r\nset-cookie: x=1',
    '\u0000',
    '\ud800',
    'https://app.example.com',
    'gzip;q=0, *',
    '"7"',
    'W/"',
    'application/json',
    '{"__proto__":{"a":1}}',
    '['.repeat(50),
    '*/*',
    'null',
  ),
);
const headerName = fc.constantFrom(
  'accept',
  'accept-encoding',
  'Authorization',
  'content-type',
  'Cookie',
  'idempotency-key',
  'If-Match',
  'if-none-match',
  'origin',
  'access-control-request-method',
  'x-evil',
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'get', '__proto__', '');
const pathLike = fc
  .tuple(
    fc.constantFrom('/echo/', '/reflect/', '/secret', '/', ''),
    hostile,
    fc.constantFrom('', '?'),
    hostile,
  )
  .map((parts) => parts.join(''));
const spec: fc.Arbitrary<RequestSpec> = fc.record(
  {
    method,
    path: pathLike,
    headers: fc.dictionary(headerName, hostile, { maxKeys: 6 }),
    body: fc.oneof(hostile, fc.json(), fc.uint8Array({ maxLength: 200 })),
    route: fc.constantFrom('/echo/{name}', '/reflect/{rest+}', '/secret', '/{proxy+}'),
    stage: fc.constantFrom('$default', 'dev', 'echo', ''),
  },
  { requiredKeys: ['path'] },
);

/** The builders decode as gateways do; an event can also have been made by hand. */
const rawEvent = fc
  .tuple(fc.constantFrom(...FRONTS), spec, hostile, fc.dictionary(hostile, hostile, { maxKeys: 4 }))
  .map(([front, request, text, record]) => {
    const event = EVENT_BUILDERS[front]({ ...request, path: '/echo/x' });
    const multi = Object.fromEntries(Object.entries(record).map(([name, value]) => [name, [value, text]]));
    return front === 'rest' || front === 'http-1.0'
      ? {
          ...event,
          path: text,
          body: text,
          resource: text,
          multiValueHeaders: multi,
          multiValueQueryStringParameters: multi,
          pathParameters: record,
        }
      : {
          ...event,
          rawPath: text,
          rawQueryString: text,
          body: text,
          routeKey: text,
          cookies: [text],
          pathParameters: record,
        };
  });

const anyFront = fc.constantFrom(...FRONTS);

it('any request has an answer that its front can deliver', async () => {
  await fc.assert(
    fc.asyncProperty(anyFront, spec, async (front, request) => {
      expect(faultOf(await handler(EVENT_BUILDERS[front](request)))).toBeUndefined();
    }),
    runs,
  );
});

it('any event made by hand has an answer that can be delivered', async () => {
  await fc.assert(
    fc.asyncProperty(rawEvent, async (event) => {
      expect(faultOf(await handler(event))).toBeUndefined();
    }),
    runs,
  );
});

it('query, path parameter and JSON body come back as they were sent', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const segment = fc.oneof(
    text,
    fc.array(text, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
  );
  await fc.assert(
    fc.asyncProperty(
      anyFront,
      segment,
      text,
      fc.jsonValue({ maxDepth: 3 }),
      async (front, name, value, json) => {
        // An HTTP API decodes the path before it hands it over: `%2F` is `/` there. The other two do not.
        const isDecoded = front === 'http-1.0' || front === 'http-2.0';
        fc.pre(!(isDecoded && name.includes('/')) && !JSON.stringify(json).includes('__proto__'));
        const path = `/echo/${encodeURIComponent(name)}?v=${encodeURIComponent(value)}`;
        const event = EVENT_BUILDERS[front]({ method: 'POST', path, json });
        expect(fromEvent(event).query['v']).toEqual([value]);
        const result = readResult(await handler(event));
        // JSON has no -0.
        expect(result.json()).toEqual(JSON.parse(JSON.stringify({ name, cookies: {}, body: json })));
      },
    ),
    runs,
  );
});
