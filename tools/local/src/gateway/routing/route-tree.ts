/** One route: a method (or `ANY`) on a path such as `/users/{id}` or `/files/{path+}`. */
export interface Route<Value> {
  readonly method: string;
  readonly path: string;
  readonly value: Value;
}

export interface RouteMatch<Value> {
  readonly value: Value;
  /** Path parameters by name, as the given segments hold them; a greedy one is joined by `/`. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

export interface RouteTree<Value> {
  /** @param segments of the request's path: `[]` for `/`, `['a', '']` for `/a/`. */
  match(method: string, segments: readonly string[]): RouteMatch<Value> | undefined;
}

interface Leaf<Value> {
  readonly value: Value;
  readonly names: readonly string[];
}

interface Node<Value> {
  readonly statics: Map<string, Node<Value>>;
  parameter?: Node<Value>;
  readonly methods: Map<string, Leaf<Value>>;
  readonly greedy: Map<string, Leaf<Value>>;
}

/**
 * Compiles routes to a tree over path segments. At each segment a literal is preferred to `{name}`, and that to
 * `{name+}`; the method (before `ANY`) belongs to the match, so that a path without the method is left again for a
 * less specific route that has it, back to a greedy one at the root.
 */
export function buildRouteTree<Value>(routes: Iterable<Route<Value>>): RouteTree<Value> {
  const root = emptyNode<Value>();
  for (const route of routes) insert(root, route);
  return {
    match(method, segments) {
      const captured: string[] = [];
      const leaf = find({ method, segments, captured }, root, 0);
      if (leaf === undefined) return undefined;
      return {
        value: leaf.value,
        parameters: leaf.names.map((name, index) => [name, captured[index] ?? '']),
      };
    },
  };
}

/** Splits a path at its slashes: `/` gives none, `/a/` gives `a` and an empty one. */
export function toSegments(path: string): string[] {
  return path === '/' || path === '' ? [] : path.slice(1).split('/');
}

function emptyNode<Value>(): Node<Value> {
  return { statics: new Map(), methods: new Map(), greedy: new Map() };
}

function insert<Value>(root: Node<Value>, { method, path, value }: Route<Value>): void {
  const names: string[] = [];
  let node = root;
  for (const segment of toSegments(path)) {
    const variable = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (variable === null) {
      const next = node.statics.get(segment) ?? emptyNode<Value>();
      node.statics.set(segment, next);
      node = next;
      continue;
    }
    names.push(variable[1] ?? '');
    if (variable[2] === '+') {
      node.greedy.set(method, { value, names });
      return;
    }
    node = node.parameter ??= emptyNode<Value>();
  }
  node.methods.set(method, { value, names });
}

interface Search {
  readonly method: string;
  readonly segments: readonly string[];
  /** Values of the variables on the way; shortened again when a branch fails. */
  readonly captured: string[];
}

function find<Value>(search: Search, node: Node<Value>, depth: number): Leaf<Value> | undefined {
  const { method, segments, captured } = search;
  const segment = segments[depth];
  if (segment === undefined) return node.methods.get(method) ?? node.methods.get('ANY');
  const literal = node.statics.get(segment);
  const found = literal && find(search, literal, depth + 1);
  if (found !== undefined) return found;
  if (node.parameter !== undefined && segment !== '') {
    captured.push(segment);
    const inner = find(search, node.parameter, depth + 1);
    if (inner !== undefined) return inner;
    captured.pop();
  }
  const greedy = node.greedy.get(method) ?? node.greedy.get('ANY');
  if (greedy === undefined) return undefined;
  const rest = segments.slice(depth).join('/');
  if (rest === '') return undefined;
  captured.push(rest);
  return greedy;
}
