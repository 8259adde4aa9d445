import fc from 'fast-check';
import { EVENT_BUILDERS, FRONTS, readResult } from '@gatehouse/http/testing';
import { SCOPES } from '@gatehouse/users-contract';
import {
  ada,
  admin,
  authorizerOf,
  createTestApi,
  person,
  service,
  type TestApi,
} from './testing/test-api.ts';
import { undocumentedAnswer } from './testing/undocumented-answer.ts';

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
const parameter = fc.oneof(fc.constantFrom('name', 'limit', 'cursor', 'order', 'occurredAt'), hostile);
const encodedQuery = fc
  .dictionary(parameter, hostile, { maxKeys: 3 })
  .map((values) => new URLSearchParams(values).toString());
/** As a client may send it, encoded by no library. */
const rawQuery = fc
  .array(
    fc.tuple(
      fc.constantFrom('name', 'limit', 'occurredAt', 'x', '%FF', '__proto__', ''),
      fc.constantFrom('', '=', '=1', '=%FF', '=%', '=%zz', '=%C3', '=%00', '=%ED%A0%80', '=a+b', '=&='),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((pairs) => pairs.map((pair) => pair.join('')).join('&'));
const query = fc.oneof(encodedQuery, rawQuery);
const email = fc
  .tuple(
    fc.stringMatching(/^[a-zA-Z0-9.+-]{1,12}$/),
    fc.constantFrom('example.com', 'EXAMPLE.com', 'xn--e.io'),
  )
  .map((parts) => parts.join('@'));
/** Mostly what the contract asks for, so that the work behind validation is reached, with members of anything. */
const json = fc.oneof(
  { weight: 4, arbitrary: fc.record({ email, name: fc.constantFrom('Ada', '日本 😀', 'x\ud800') }) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        email: fc.oneof(email, hostile),
        name: fc.oneof(fc.constant('Ada'), hostile),
        locale: fc.oneof(fc.constantFrom('de-CH', null), hostile),
        version: fc.integer({ min: 0, max: 3 }),
        subject: hostile,
        occurredAt: fc.oneof(
          fc
            .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
            .map((at) => at.toISOString()),
          hostile,
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Text as a client may put it into a path; a lone surrogate has no encoding and goes as U+FFFD. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A request line that some operation answers; ADA stands for the id of a user that exists. */
const operation = fc.oneof(
  fc.tuple(fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS'), fc.constant('/users')),
  fc.tuple(
    fc.constantFrom('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'),
    fc.constantFrom('/users/ADA', '/users/me', '/users/%FF'),
  ),
  fc.tuple(
    fc.constantFrom('PUT', 'DELETE'),
    fc.constantFrom('/internal/users/ext-1', '/internal/users/%E2%82%AC', '/internal/users/%C3'),
  ),
  fc.constantFrom(['POST', '/users'] as const, ['DELETE', '/users/ADA'] as const),
  fc.constant(['GET', '/hello'] as const),
);

const request = fc.record({
  front: fc.constantFrom(...FRONTS),
  as: fc.oneof(
    fc.constantFrom(undefined, ada, admin, service),
    fc.integer({ min: 0 }).map((number) => person(`newcomer-${number}`, SCOPES.read, SCOPES.write)),
  ),
  line: fc.oneof(
    { weight: 3, arbitrary: operation },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...METHODS), path) },
  ),
  query: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query }),
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
    { maxKeys: 2 },
  ),
  isJson: fc.integer({ min: 0, max: 3 }).map((draw) => draw > 0),
  body: fc.option(
    fc.oneof(
      { weight: 6, arbitrary: json.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: hostile },
    ),
    { nil: undefined },
  ),
});

describe('any request', () => {
  let api: TestApi;
  let id: string;

  const idOfAda = async (): Promise<string> =>
    (await api.store.getBySubject(ada.subject))?.id ?? (await api.create(ada)).id;

  beforeAll(async () => {
    api = createTestApi();
    id = await idOfAda();
  });

  it(`has a valid result and never a throw or a 5xx, behind every front (${numRuns} runs)`, async () => {
    const answered = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ front, as, line, query, headers, isJson, body }) => {
        const [method, where] = line;
        const event = EVENT_BUILDERS[front]({
          method,
          path: `${where.replace('ADA', id)}${query === '' ? '' : `?${query}`}`,
          headers: isJson ? { ...headers, 'content-type': 'application/json' } : headers,
          ...(body === undefined ? {} : { body }),
          ...authorizerOf(as),
        });
        api.ended.length = 0;
        const result = await api.handle(event);
        answered.set(result.statusCode, (answered.get(result.statusCode) ?? 0) + 1);
        // Ada has a user, so that later requests find one to work on.
        if ((await api.store.get(id)) === undefined) id = await idOfAda();
        expect(typeof result.body).toBe('string');
        expect(result.statusCode).toBeGreaterThanOrEqual(200);
        expect(result.statusCode).toBeLessThan(500);
        for (const [name, value] of Object.entries(result.headers)) {
          expect(`${name}: ${value}`).toMatch(/^[\w-]+: [^\r\n]*$/);
        }
        expect(api.ended.flatMap((end) => undocumentedAnswer(end) ?? [])).toEqual([]);
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
    // A fuzz that is only ever refused at the door proves little: work is done, and refused for each reason there is.
    const statuses = [200, 201, 204, 400, 401, 403, 404, 405, 415];
    expect(statuses.filter((status) => !answered.has(status))).toEqual([]);
  });
});
