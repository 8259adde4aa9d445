import fc from 'fast-check';
import { EVENT_BUILDERS, FRONTS, readResult } from '@gatehouse/http/testing';
import { ada, admin, authorizerOf, createTestApi, service, type TestApi } from './testing/test-api.ts';

jest.setTimeout(3_600_000);

/** `FUZZ_RUNS` is raised in the nightly run. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2_000);

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '..',
    '%',
    '%zz',
    '%00',
    '%c0%af',
    '__proto__',
    'constructor',
    '\r\nx: y',
    '"',
    "' OR 1=1",
    '😀',
    '\ud800',
  ),
);
const segment = fc.oneof(fc.constantFrom('users', 'hello', 'me', 'internal', 'ext-1'), hostile);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.map(encode).join('/')}`);
const query = fc
  .dictionary(fc.oneof(fc.constantFrom('name', 'limit', 'cursor', 'order', 'occurredAt'), hostile), hostile, {
    maxKeys: 3,
  })
  .map((values) => new URLSearchParams(values).toString());
const json = fc.oneof(
  fc.record(
    {
      email: hostile,
      name: hostile,
      locale: hostile,
      version: fc.integer(),
      subject: hostile,
      occurredAt: hostile,
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);

/** Text as a client may put it into a path; a lone surrogate has no encoding and goes as U+FFFD. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

const request = fc.record({
  front: fc.constantFrom(...FRONTS),
  as: fc.constantFrom(undefined, ada, admin, service),
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  target: fc
    .tuple(
      fc.oneof(path, fc.constantFrom('/users', '/users/me', '/users/ADA', '/internal/users/ext-1')),
      query,
    )
    .map(([where, what]) => (what === '' ? where : `${where}?${what}`)),
  headers: fc.dictionary(
    fc.constantFrom(
      'content-type',
      'if-match',
      'if-none-match',
      'idempotency-key',
      'origin',
      'accept-encoding',
    ),
    fc.oneof(hostile, fc.constantFrom('application/json', '*', '"1"', 'gzip')),
    { maxKeys: 3 },
  ),
  body: fc.option(
    fc.oneof(
      json.map((value) => JSON.stringify(value)),
      hostile,
    ),
    { nil: undefined },
  ),
});

describe('any request', () => {
  let api: TestApi;
  let id: string;

  beforeAll(async () => {
    api = createTestApi();
    ({ id } = await api.create(ada));
  });

  it(`has a valid result and never a throw or a 5xx, behind every front (${numRuns} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ front, as, method, target, headers, body }) => {
        const event = EVENT_BUILDERS[front]({
          method,
          path: target.replace('ADA', id),
          headers,
          ...(body === undefined ? {} : { body }),
          ...authorizerOf(as),
        });
        const result = await api.handle(event);
        expect(typeof result.body).toBe('string');
        expect(result.statusCode).toBeGreaterThanOrEqual(200);
        expect(result.statusCode).toBeLessThan(500);
        for (const [name, value] of Object.entries(result.headers)) {
          expect(`${name}: ${value}`).toMatch(/^[\w-]+: [^\r\n]*$/);
        }
        const read = readResult(result);
        if (result.statusCode >= 400 && method !== 'HEAD') {
          expect(read.json()).toMatchObject({
            status: result.statusCode,
            code: expect.stringMatching(/^[A-Z_]+$/),
          });
        }
      }),
      { numRuns },
    );
  });
});
