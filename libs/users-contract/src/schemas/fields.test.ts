import fc from 'fast-check';
import * as v from 'valibot';
import {
  emailSchema,
  externalIdSchema,
  localeSchema,
  momentSchema,
  nameSchema,
  subjectSchema,
} from './fields.ts';
import { helloQuerySchema } from './hello.ts';
import { listUsersQuerySchema } from './user-list.ts';

const label = 'x'.repeat(63);

const cases: readonly [string, v.GenericSchema<string>, readonly string[], readonly string[]][] = [
  [
    'an email',
    emailSchema,
    [
      'a@b.co',
      'Ada.Lovelace+tag@Mail.Example.COM',
      "!#$%&'*+/=?^_`{|}~-@example.com",
      `${'a'.repeat(64)}@example.com`,
      `a@${label}.example`,
      'a@xn--bcher-kva.example',
    ],
    [
      '',
      'a',
      'a@',
      '@b.co',
      'a@b',
      'a@@b.co',
      'a@b@c.co',
      '.a@b.co',
      'a.@b.co',
      'a..b@c.co',
      'a b@c.co',
      '"a"@b.co',
      'a@b..co',
      'a@-b.co',
      'a@b-.co',
      'a@1.2.3.4',
      'a@[1.2.3.4]',
      'a@b.co\n',
      'a@bücher.example',
      'ä@b.co',
      `${'a'.repeat(65)}@example.com`,
      `a@x${label}.example`,
      `a@${`${label}.`.repeat(4)}example`,
    ],
  ],
  [
    'a name',
    nameSchema,
    ['A', ' A ', 'Ünï 😀', '0', '😀'.repeat(200), '\uffff'],
    [
      '',
      ' ',
      '\u00a0',
      'a\tb',
      'a\u0085b',
      'a\u2028b',
      'x\ud800',
      '\udc00x',
      '\udc00\ud800',
      '😀\ud83d',
      'x'.repeat(201),
      '😀'.repeat(201),
    ],
  ],
  [
    'a name to greet',
    helloQuerySchema.entries.name.wrapped,
    ['', 'a\nb', '😀'.repeat(100)],
    ['\ud800', 'x\udc00', '😀'.repeat(101)],
  ],
  ['a cursor', listUsersQuerySchema.entries.cursor.wrapped, ['', '😀'.repeat(512)], ['😀'.repeat(513)]],
  [
    'a locale',
    localeSchema,
    ['en', 'en-GB', 'zh-Hant-TW', 'de-1996'],
    ['', 'e', 'en_GB', 'en-', 'en-toolonglong'],
  ],
  [
    'a subject',
    subjectSchema,
    ['https://issuer.example/#ada', 'i#auth0|1#2'],
    ['', '#', 'ada', '#ada', 'https://issuer.example/#', 'i#a b', 'i#ä'],
  ],
  [
    'an external id',
    externalIdSchema,
    ['1', 'auth0|5f', 'a.b-c_d:e@f+g~h'],
    ['', '.', '..', '-a', 'a/b', 'a b', 'a%2Fb', 'ä', 'x'.repeat(129)],
  ],
  [
    'a moment',
    momentSchema,
    [
      '2026-11-22T10:00:00Z',
      '2026-11-22T10:00:00.123456789+01:00',
      '2028-02-29T00:00:00Z',
      '2000-02-29T00:00:00Z',
    ],
    [
      '',
      '2026-11-22',
      '2026-11-22T10:00Z',
      '2026-11-22T10:00:00',
      '2026-11-22T24:00:00Z',
      '2026-00-22T10:00:00Z',
      '2026-02-31T10:00:00Z',
      '2026-02-29T10:00:00Z',
      '2100-02-29T10:00:00Z',
      '2026-04-31T10:00:00Z',
      '2026-11-00T10:00:00Z',
      '2026-12-32T10:00:00Z',
    ],
  ],
];

describe.each(cases)('%s', (_, schema, good, bad) => {
  it.each(good)('may be %j', (text) => {
    expect(v.is(schema, text)).toBe(true);
  });

  it.each(bad)('may not be %j', (text) => {
    expect(v.is(schema, text)).toBe(false);
  });

  it('is decided in linear time, whatever is repeated', () => {
    const piece = fc.oneof(
      fc.constantFrom('a', 'a.', 'a-', '-', '@', '#', ' ', '1', '😀', '\ud800'),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(piece, fc.constantFrom('', '@', '!', '\n', ' '), (repeated, end) => {
        const before = performance.now();
        v.is(schema, repeated.repeat(20_000) + end);
        v.is(schema, repeated.repeat(80) + end);
        expect(performance.now() - before).toBeLessThan(250);
      }),
      { numRuns: 100 },
    );
  });
});

it('takes a moment for one exactly where the calendar has its day', () => {
  const twoDigits = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
  const year = fc.oneof(
    fc.integer({ min: 0, max: 9999 }),
    fc.integer({ min: 0, max: 2499 }).map((quarter) => quarter * 4),
  );
  fc.assert(
    fc.property(
      year,
      fc.oneof(fc.constant('02'), twoDigits),
      fc.oneof(fc.constantFrom('29', '30', '31'), twoDigits),
      (number, month, day) => {
        const text = `${String(number).padStart(4, '0')}-${month}-${day}T10:00:00Z`;
        const date = new Date(text);
        const isReal = !Number.isNaN(date.getTime()) && date.toISOString() === text.replace('Z', '.000Z');
        expect({ text, is: v.is(momentSchema, text) }).toEqual({ text, is: isReal });
      },
    ),
    { numRuns: 20_000 },
  );
});
