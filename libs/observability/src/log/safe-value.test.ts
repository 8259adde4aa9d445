import fc from 'fast-check';
import { toSafeValue } from './safe-value.ts';

const written = (value: unknown): unknown => JSON.parse(JSON.stringify(toSafeValue(value)));

class Account {
  readonly id = 'a1';
  readonly apiKey = 'k';
  get computed(): string {
    return `never read: ${this.id}`;
  }
}

describe('toSafeValue', () => {
  it.each([
    ['text', 'a', 'a'],
    ['numbers that JSON does not have', [NaN, Infinity, -0], ['NaN', 'Infinity', 0]],
    ['a bigint', 12345678901234567890n, '12345678901234567890'],
    ['undefined', { a: undefined }, { a: null }],
    ['a date', new Date('2026-11-22T00:00:00Z'), '2026-11-22T00:00:00.000Z'],
    ['an invalid date', new Date(NaN), '[invalid date]'],
    ['bytes', Buffer.from('secret'), '[6 bytes]'],
    [
      'a map',
      new Map<unknown, unknown>([
        ['token', 'x'],
        [1, 2],
      ]),
      { token: '[redacted]', 1: 2 },
    ],
    ['a set', new Set([1, 'a']), [1, 'a']],
    ['a URL', new URL('https://a.example/?token=abc'), 'https://a.example/?[redacted]'],
    ['a function', { f: () => 1 }, { f: '[function]' }],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an instance', new Account(), { id: 'a1', apiKey: '[redacted]' }],
    ['no prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    [
      'a secret name with a flag',
      { hasToken: true, token: null, secret: 0 },
      { hasToken: true, token: null, secret: '[redacted]' },
    ],
    ['a secret deep inside', { a: [{ b: { cookie: 'c' } }] }, { a: [{ b: { cookie: '[redacted]' } }] }],
    ['a secret in a name', { 'bob@example.com': 1 }, { '[redacted]': 1 }],
  ])('writes %s', (_name, value, expected) => {
    expect(written(value)).toEqual(expected);
  });

  it('shows no half of an address where a long text is cut', () => {
    const text = `${'a@b.io '.repeat(2_339)}bobby.tables@example.com`;
    expect(text.indexOf('bobby')).toBeLessThan(16_384);
    expect(text.length).toBeGreaterThan(16_384);
    expect(written(text)).not.toContain('bobby');
  });

  it('cuts cycles, and writes what is there twice, twice', () => {
    const twice = { b: 1 };
    const cycle: Record<string, unknown> = { first: twice, second: twice };
    cycle['self'] = cycle;
    expect(written(cycle)).toEqual({ first: { b: 1 }, second: { b: 1 }, self: '[circular]' });
  });

  it('writes an error with its code, its data and its whole cause chain', () => {
    const root = Object.assign(new Error('socket bob@example.com'), { code: 'ECONNRESET' });
    const error = new AggregateError([new RangeError('r')], 'several', { cause: root });
    const safe = written(Object.assign(error, { userId: 'u1', token: 't' }));
    expect(safe).toMatchObject({
      name: 'AggregateError',
      message: 'several',
      stack: expect.stringContaining('AggregateError: several'),
      errors: [{ name: 'RangeError', message: 'r' }],
      cause: { message: 'socket [redacted]', code: 'ECONNRESET' },
      userId: 'u1',
      token: '[redacted]',
    });
    expect(JSON.stringify(safe)).not.toContain('bob@');
  });

  it('ends a cause chain that leads back to itself', () => {
    const error = new Error('a');
    error.cause = error;
    expect(written(error)).toMatchObject({ message: 'a', cause: '[circular]' });
  });

  const hostile: [name: string, value: () => unknown][] = [
    [
      'a getter that throws',
      () =>
        Object.defineProperty({}, 'a', {
          enumerable: true,
          get: () => {
            throw new Error('no');
          },
        }),
    ],
    [
      'a proxy that throws',
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
          },
        ),
    ],
    [
      'a proxy that throws what is no error',
      () =>
        new Proxy(
          {},
          {
            get: () => {
              const thrown: unknown = Symbol('no');
              throw thrown;
            },
          },
        ),
    ],
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      'a toJSON that throws',
      () => ({
        toJSON: () => {
          throw new Error('no');
        },
      }),
    ],
    [
      'an error whose message throws',
      () =>
        Object.defineProperty(new Error(), 'message', {
          get: () => {
            throw new Error('no');
          },
        }),
    ],
    [
      'an error whose name is an object',
      () =>
        Object.assign(new Error('a'), {
          name: {
            toString: () => {
              throw new Error('no');
            },
          },
        }),
    ],
    [
      'a date that lies',
      () =>
        Object.assign(new Date(), {
          toISOString: () => {
            throw new Error('no');
          },
        }),
    ],
    [
      'a map that lies',
      () =>
        Object.assign(new Map([['a', 1]]), {
          entries: () => {
            throw new Error('no');
          },
        }),
    ],
    [
      'a member called __proto__',
      () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}'),
    ],
  ];
  it.each(hostile)('writes %s without throwing', (_name, value) => {
    expect(() => JSON.stringify(toSafeValue(value()))).not.toThrow();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("runs nobody's toJSON", () => {
    expect(written({ toJSON: () => 'mine', a: 1 })).toEqual({ toJSON: '[function]', a: 1 });
  });

  it.each([
    ['a long text', 'x'.repeat(10_000_000)],
    ['a deep value', Array.from({ length: 10_000 }).reduce<unknown>((inner) => ({ inner }), 1)],
    ['a wide value', Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]))],
    ['a long list', Array.from({ length: 100_000 }, (_, index) => ({ index }))],
    [
      'a bush',
      Array.from({ length: 90 }, () =>
        Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => 'leaf'.repeat(50))),
      ),
    ],
  ])('bounds %s', (_name, value) => {
    const startedMs = performance.now();
    expect(JSON.stringify(toSafeValue(value)).length).toBeLessThan(120_000);
    expect(performance.now() - startedMs).toBeLessThan(1_500);
  });

  it('never throws, and what it gives is JSON on one line', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withNullPrototype: true,
        }),
        (value) => {
          const line = JSON.stringify(toSafeValue(value));
          expect(line).not.toMatch(/[\r\n\u2028\u2029]/);
          expect(() => JSON.parse(line)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});
