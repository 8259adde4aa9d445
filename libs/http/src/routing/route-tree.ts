import type { TemplateSegment } from './parse-template.ts';

/** A route by its template's segments; `target` is what is found. */
export interface TreeRoute<T> {
  readonly method: string;
  readonly template: string;
  readonly segments: readonly TemplateSegment[];
  readonly target: T;
}

/** Templates as a tree, a level for each segment. */
export interface RouteNode<T> {
  readonly literals: Map<string, RouteNode<T>>;
  param: RouteNode<T> | undefined;
  /** What takes all that follows; it has no children. */
  rest: RouteNode<T> | undefined;
  /** By method: templates that end here. */
  readonly routes: Map<string, TreeRoute<T>>;
}

export function createRouteNode<T>(): RouteNode<T> {
  return { literals: new Map(), param: undefined, rest: undefined, routes: new Map() };
}

/** Throws a TypeError when a template of the same form and method is there already. */
export function addRoute<T>(root: RouteNode<T>, route: TreeRoute<T>): void {
  let node = root;
  for (const { kind, text } of route.segments) {
    if (kind !== 'static') {
      node = node[kind] ??= createRouteNode();
    } else {
      const next = node.literals.get(text) ?? createRouteNode<T>();
      node.literals.set(text, next);
      node = next;
    }
  }
  if (node.routes.has(route.method)) {
    throw new TypeError(`${route.method} ${route.template}: another operation has the same route`);
  }
  node.routes.set(route.method, route);
}

/**
 * The most specific route that has the method: a literal before a parameter before the rest, level by level, back to the
 * next best where a branch has nothing. No node is visited twice. Parameters are never empty.
 */
export function findRoute<T>(
  root: RouteNode<T>,
  path: readonly string[],
  method: string,
): TreeRoute<T> | undefined {
  const visit = (node: RouteNode<T> | undefined, depth: number): TreeRoute<T> | undefined => {
    const segment = path[depth];
    if (node === undefined || segment === undefined) return node?.routes.get(method);
    const isEmpty = segment === '';
    return (
      visit(node.literals.get(segment), depth + 1) ??
      (isEmpty ? undefined : visit(node.param, depth + 1)) ??
      (isEmpty && depth === path.length - 1 ? undefined : node.rest?.routes.get(method))
    );
  };
  return visit(root, 0);
}
