import { buildRouteTree, toSegments } from './route-tree.ts';

function match(keys: readonly string[], method: string, path: string): string | undefined {
  const tree = buildRouteTree(
    keys.map((key) => {
      const [verb = '', route = ''] = key.split(' ');
      return { method: verb, path: route, value: key };
    }),
  );
  const found = tree.match(method, toSegments(path));
  return found && `${found.value}${found.parameters.map(([name, value]) => ` ${name}=${value}`).join('')}`;
}

describe('a route tree', () => {
  it.each([
    ['a literal to a parameter', ['GET /a/{id}', 'GET /a/me'], 'GET', '/a/me', 'GET /a/me'],
    ['a parameter to a greedy one', ['GET /a/{rest+}', 'GET /a/{id}'], 'GET', '/a/1', 'GET /a/{id} id=1'],
    ['the method to ANY', ['ANY /a', 'GET /a'], 'GET', '/a', 'GET /a'],
    ['the more specific path to the method', ['GET /{rest+}', 'ANY /a'], 'GET', '/a', 'ANY /a'],
  ])('prefers %s', (_name, keys, method, path, expected) => {
    expect(match(keys, method, path)).toBe(expected);
  });

  it.each([
    [
      'a literal without the method',
      ['POST /a', 'OPTIONS /{rest+}'],
      'OPTIONS',
      '/a',
      'OPTIONS /{rest+} rest=a',
    ],
    ['a literal without the child', ['GET /a', 'GET /{p+}', 'GET /a/b'], 'GET', '/a/c', 'GET /{p+} p=a/c'],
    ['a parameter without the child', ['GET /{x}/b', 'GET /{p+}'], 'GET', '/a/c', 'GET /{p+} p=a/c'],
    ['a deep branch for the root', ['GET /a/{b}/c/d', 'ANY /{p+}'], 'GET', '/a/1/c/e', 'ANY /{p+} p=a/1/c/e'],
  ])('leaves %s again', (_name, keys, method, path, expected) => {
    expect(match(keys, method, path)).toBe(expected);
  });

  it.each([
    ['a greedy parameter never matches nothing', ['GET /{p+}'], 'GET', '/', undefined],
    ['a parameter never matches an empty segment', ['GET /a/{id}'], 'GET', '/a/', undefined],
    ['a trailing slash counts', ['GET /a'], 'GET', '/a/', undefined],
    [
      'a greedy parameter keeps inner and trailing slashes',
      ['GET /{p+}'],
      'GET',
      '/a//b/',
      'GET /{p+} p=a//b/',
    ],
    ['names belong to the route, not to the place', ['GET /{a}', 'POST /{b}'], 'POST', '/1', 'POST /{b} b=1'],
    [
      'names may be those of Object.prototype',
      ['GET /{__proto__}'],
      'GET',
      '/constructor',
      'GET /{__proto__} __proto__=constructor',
    ],
  ])('%s', (_name, keys, method, path, expected) => {
    expect(match(keys, method, path)).toBe(expected);
  });
});
