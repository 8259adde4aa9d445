import { pathParameters, type Operation } from '../../contract/operation.ts';

const WHERE: Readonly<Record<string, string>> = {
  header: 'header',
  query: 'querystring',
  path: 'path',
};

/**
 * The cache key of an operation, as parameters of a REST method: what the contract names; the path, without which all
 * records were one; and the Origin, since a cached answer is cached with its CORS headers.
 */
export function cacheKeyParameters({ path, cache }: Operation): readonly string[] {
  if (cache === undefined) return [];
  const keys = [...cache.keys, ...pathParameters(path).map((name) => `path.${name}`), 'header.origin'];
  return [...new Set(keys.map(toMethodParameter))];
}

/** `query.name` to `method.request.querystring.name`. */
function toMethodParameter(key: string): string {
  const [where = '', ...name] = key.split('.');
  return `method.request.${WHERE[where] ?? where}.${name.join('.')}`;
}
