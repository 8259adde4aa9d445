import type { TemplateSegment } from './parse-template.ts';

/** Where a template ends, for one method. */
export interface Leaf<T> {
  /** Parameter names in the order of the template. */
  readonly names: readonly string[];
  readonly target: T;
}

export interface FoundLeaf<T> extends Leaf<T> {
  /** One value a name; a greedy one is its segments joined by `/`. */
  readonly values: readonly string[];
}

/** Templates as a tree, a level for each segment. */
export interface RouteNode<T> {
  readonly literals: Map<string, RouteNode<T>>;
  param: RouteNode<T> | undefined;
  /** By method: templates that end here. */
  readonly leaves: Map<string, Leaf<T>>;
  /** By method: templates that take all that follows. */
  readonly greedy: Map<string, Leaf<T>>;
}

export function createRouteNode<T>(): RouteNode<T> {
  return { literals: new Map(), param: undefined, leaves: new Map(), greedy: new Map() };
}

export function parameterNames(segments: readonly TemplateSegment[]): readonly string[] {
  return segments.flatMap((segment) => (segment.kind === 'static' ? [] : [segment.name]));
}

export interface RouteTreeEntry<T> {
  readonly method: string;
  readonly template: string;
  readonly segments: readonly TemplateSegment[];
  readonly target: T;
}

/** Throws a TypeError when a template of the same form and method is there already. */
export function addToRouteTree<T>(root: RouteNode<T>, entry: RouteTreeEntry<T>): void {
  let node = root;
  let leaves = node.leaves;
  for (const segment of entry.segments) {
    if (segment.kind === 'greedy') {
      leaves = node.greedy;
      break;
    }
    if (segment.kind === 'param') {
      node = node.param ??= createRouteNode();
    } else {
      let next = node.literals.get(segment.text);
      if (!next) node.literals.set(segment.text, (next = createRouteNode()));
      node = next;
    }
    leaves = node.leaves;
  }
  if (leaves.has(entry.method)) {
    throw new TypeError(`${entry.method} ${entry.template}: another operation has the same route`);
  }
  leaves.set(entry.method, { names: parameterNames(entry.segments), target: entry.target });
}

/**
 * The most specific template that has the method: a literal before a parameter before the greedy rest, level by
 * level, back to the next best where a branch has nothing. No node is visited twice. Parameters are never empty.
 */
export function findInRouteTree<T>(
  root: RouteNode<T>,
  segments: readonly string[],
  method: string,
): FoundLeaf<T> | undefined {
  const values: string[] = [];
  const visit = (node: RouteNode<T>, depth: number): FoundLeaf<T> | undefined => {
    const segment = segments[depth];
    if (segment === undefined) {
      const leaf = node.leaves.get(method);
      return leaf && { ...leaf, values };
    }
    const literal = node.literals.get(segment);
    const found = literal && visit(literal, depth + 1);
    if (found) return found;
    if (segment !== '' && node.param) {
      values.push(segment);
      const below = visit(node.param, depth + 1);
      if (below) return below;
      values.pop();
    }
    const greedy = node.greedy.get(method);
    if (!greedy) return undefined;
    const rest = segments.slice(depth).join('/');
    return rest === '' ? undefined : { ...greedy, values: [...values, rest] };
  };
  return visit(root, 0);
}

/** Adds every method that some template takes for the path. */
export function collectMethods<T>(
  root: RouteNode<T>,
  segments: readonly string[],
  methods: Set<string>,
): void {
  const visit = (node: RouteNode<T> | undefined, depth: number): void => {
    if (!node) return;
    const segment = segments[depth];
    if (segment === undefined) {
      for (const method of node.leaves.keys()) methods.add(method);
      return;
    }
    visit(node.literals.get(segment), depth + 1);
    if (segment !== '') visit(node.param, depth + 1);
    if (segments.length > depth + 1 || segment !== '') {
      for (const method of node.greedy.keys()) methods.add(method);
    }
  };
  visit(root, 0);
}
