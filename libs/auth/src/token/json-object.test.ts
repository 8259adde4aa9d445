import fc from 'fast-check';
import { ownMember, parseJsonObject } from './json-object.ts';

const nested = (depth: number, open: string, close: string): string =>
  `{"a":${open.repeat(depth - 1)}1${close.repeat(depth - 1)}}`;

describe('parseJsonObject', () => {
  it.each([
    ['no member', '{}', {}],
    ['white space within', '{ "a" :\t1 ,\r\n"b" : [ ] }', { a: 1, b: [] }],
    ['white space after', '{"a":1} \n', { a: 1 }],
    [
      'one name at two places',
      '{"a":{"a":1},"b":{"a":2},"c":[{"a":3},{"a":4}]}',
      {
        a: { a: 1 },
        b: { a: 2 },
        c: [{ a: 3 }, { a: 4 }],
      },
    ],
    ['names that differ in case alone', '{"a":1,"A":2}', { a: 1, A: 2 }],
    ['an empty name', '{"":1}', { '': 1 }],
    [
      'a value that reads like members',
      String.raw`{"a":"\"b\":1,\"b\":2","c":":\\"}`,
      { a: '"b":1,"b":2', c: ':\\' },
    ],
    ['a name that reads like a member', String.raw`{"a\":1,\"b":2,"\\":3}`, { 'a":1,"b': 2, '\\': 3 }],
    ['a value that repeats a name', '{"a":"a","b":["a","a"]}', { a: 'a', b: ['a', 'a'] }],
  ])('reads an object with %s', (_, text, expected) => {
    expect(parseJsonObject(text)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['a list', '[{"a":1}]'],
    ['a text', '"{}"'],
    ['null', 'null'],
    ['an object after a space', ' {}'],
    ['an object after a byte order mark', '\ufeff{}'],
    ['two objects', '{}{}'],
    ['an open object', '{"a":1'],
    ['a comma too many', '{"a":1,}'],
    ['a repeated member', '{"a":1,"a":1}'],
    ['a member that is repeated after others', '{"a":1,"b":2,"c":3,"a":4}'],
    ['a member that is repeated in an escape', String.raw`{"a":1,"\u0061":2}`],
    ['a repeated empty name', '{"":1,"":2}'],
    ['a repeated member of an inner object', '{"x":{"a":1,"a":2}}'],
    ['a repeated member of an object in a list', '{"x":[1,[{"a":1,"a":2}]]}'],
    ['a repeated member whose first value holds as many', '{"a":{"b":1,"c":2},"a":{"b":1,"c":2}}'],
    ['a repeated member, named __proto__', '{"__proto__":1,"__proto__":2}'],
    ['a repeated member after a text that ends in a backslash', String.raw`{"x":"\\","a":1,"a":2}`],
    ['a repeated member after a text with an escaped quote', String.raw`{"x":"\"","a":1,"a":2}`],
  ])('refuses %s', (_, text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"b":', '}'],
  ])('reads 32 levels, and no more, of %s', (_, open, close) => {
    expect(parseJsonObject(nested(32, open, close))).toBeDefined();
    expect(parseJsonObject(nested(33, open, close))).toBeUndefined();
    expect(parseJsonObject(nested(5_000, open, close))).toBeUndefined();
  });

  it('reads whatever JSON.stringify writes of an object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (object) => {
        const text = JSON.stringify(object);
        expect(parseJsonObject(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every object with a member written twice, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 }),
        fc.jsonValue({ maxDepth: 2 }),
        (object, value) => {
          const [name] = Object.keys(object);
          const text = JSON.stringify(object);
          expect(
            parseJsonObject(`${text.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`),
          ).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('ownMember', () => {
  it('reads what stands in the text, and nothing that objects inherit', () => {
    const object = parseJsonObject('{"a":1,"__proto__":{"b":2}}')!;
    expect(ownMember(object, 'a')).toBe(1);
    expect(ownMember(object, '__proto__')).toEqual({ b: 2 });
    expect(ownMember(object, 'b')).toBeUndefined();
    expect(ownMember(object, 'toString')).toBeUndefined();
  });
});
