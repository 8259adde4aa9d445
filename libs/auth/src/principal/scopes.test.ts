import { hasAnyScope, isScope, parseScopeString } from './scopes.ts';

describe('isScope', () => {
  it.each(['users:read', '!', '~', '#[]^', 'https://api.example/users.read'])('knows %s', (text) => {
    expect(isScope(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'a b',
    ' a',
    'a ',
    'a"',
    '"a',
    'a\\b',
    '\\a',
    'a\\',
    'a\n',
    '\na',
    'a\u007f',
    'é',
    1,
    null,
    undefined,
    ['a'],
  ])('refuses %j', (value) => {
    expect(isScope(value)).toBe(false);
  });
});

describe('parseScopeString', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['b a b', ['b', 'a']],
  ])('reads %j', (text, scopes) => {
    expect(parseScopeString(text)).toEqual(scopes);
  });

  it.each([' ', 'a  b', ' a', 'a ', 'a "b"'])('refuses %j', (text) => {
    expect(parseScopeString(text)).toBeUndefined();
  });
});

describe('hasAnyScope', () => {
  it.each([
    [['a', 'b'], ['b'], true],
    [['a'], ['b', 'a'], true],
    [['a'], ['b'], false],
    [['a'], [], false],
    [[], ['a'], false],
    [['ab'], ['a'], false],
    [['A'], ['a'], false],
  ])('of %j, wanted %j: %s', (granted, wanted, expected) => {
    expect(hasAnyScope(granted, wanted)).toBe(expected);
  });
});
