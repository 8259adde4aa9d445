import type { Method } from '../contract/operation.ts';
import { createRecord } from '../null-record.ts';
import { kernelProblem } from '../problem/kernel-problems.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { decodePercent } from '../request/percent-encoding.ts';
import { parseTemplate } from './parse-template.ts';
import type { TemplateSegment } from './parse-template.ts';
import {
  addToRouteTree,
  collectMethods,
  createRouteNode,
  findInRouteTree,
  parameterNames,
} from './route-tree.ts';

/** One operation's place in the table, with what belongs to it. */
export interface Route<T> {
  readonly method: Method;
  readonly template: string;
  readonly target: T;
}

export type PathParams = Readonly<Record<string, string>>;

export interface RouteMatch<T> {
  readonly target: T;
  /** Decoded, never empty. */
  readonly params: PathParams;
}

export interface Router<T> {
  /**
   * The target for a request, or `undefined`. HEAD falls back to GET. Throws a problem (400,
   * HTTP_PATH_ENCODING_INVALID). `method` asks for another than the request's own.
   */
  match(request: HttpRequest, method?: string): RouteMatch<T> | undefined;
  /** Methods that the path takes, sorted; HEAD wherever GET is. Empty: nothing is at the path. */
  allow(request: HttpRequest): readonly string[];
}

interface FrontRoute<T> {
  readonly target: T;
  readonly segments: readonly TemplateSegment[];
  readonly names: readonly string[];
  /** Whether another operation could be meant by a path that this template fits. */
  readonly contested: boolean;
}

const NO_PARAMS: PathParams = Object.freeze(createRecord<string>());

/**
 * Compiles a table once. The front's own route decides where it names an operation: it is right whatever a
 * custom domain puts before the path. Where the table has a more specific operation than the front knows
 * (`/users/me` beside `/users/{id}`), and wherever the front routes by a catch-all, the path decides. Throws a TypeError for two
 * operations with one route.
 */
export function createRouter<T>(routes: readonly Route<T>[]): Router<T> {
  const root = createRouteNode<T>();
  const entries = routes.map((route) => ({ ...route, segments: parseTemplate(route.template) }));
  const frontRoutes = new Map<string, FrontRoute<T>>();
  for (const entry of entries) {
    addToRouteTree(root, entry);
    const { method, template, target, segments } = entry;
    const contested = entries.some(
      (other) => other !== entry && other.method === method && overlap(other.segments, segments),
    );
    frontRoutes.set(`${method} ${template}`, {
      target,
      segments,
      names: parameterNames(segments),
      contested,
    });
  }

  function find(segments: readonly string[], method: string): RouteMatch<T> | undefined {
    const leaf =
      findInRouteTree(root, segments, method) ??
      (method === 'HEAD' ? findInRouteTree(root, segments, 'GET') : undefined);
    return leaf && { target: leaf.target, params: toParams(leaf.names, leaf.values) };
  }

  return {
    match(request, method = request.method) {
      const front = frontRoutes.get(routeKeyFor(request, method));
      if (front) {
        if (front.names.length === 0) return { target: front.target, params: NO_PARAMS };
        const params = request.routeParams;
        if (params && front.names.every((name) => typeof params[name] === 'string' && params[name] !== '')) {
          return front.contested
            ? find(fillTemplate(front.segments, params), method)
            : { target: front.target, params };
        }
      }
      return find(pathSegments(request), method);
    },
    allow(request) {
      const methods = new Set<string>();
      collectMethods(root, pathSegments(request), methods);
      if (methods.has('GET')) methods.add('HEAD');
      return [...methods].sort();
    },
  };
}

function routeKeyFor({ routeKey = '', method: own }: HttpRequest, method: string): string {
  return method === own ? routeKey : method + routeKey.slice(own.length);
}

/** Decoded segments; a REST API ignores one trailing slash when it routes, and so does this for its events. */
function pathSegments(request: HttpRequest): readonly string[] {
  const { path } = request;
  if (path === '/') return [];
  const end = request.front === 'rest' && path.endsWith('/') ? path.length - 1 : path.length;
  const segments = path.slice(1, end).split('/');
  if (!path.includes('%')) return segments;
  return segments.map((segment) => {
    const decoded = decodePercent(segment);
    if (decoded === undefined) throw kernelProblem('HTTP_PATH_ENCODING_INVALID');
    return decoded;
  });
}

function toParams(names: readonly string[], values: readonly string[]): PathParams {
  if (names.length === 0) return NO_PARAMS;
  const params = createRecord<string>();
  names.forEach((name, index) => (params[name] = values[index] ?? ''));
  return params;
}

function fillTemplate(segments: readonly TemplateSegment[], params: PathParams): readonly string[] {
  return segments.flatMap((segment) => {
    if (segment.kind === 'static') return [segment.text];
    const value = params[segment.name] ?? '';
    return segment.kind === 'greedy' ? value.split('/') : [value];
  });
}

/** Whether some path fits both templates. */
function overlap(a: readonly TemplateSegment[], b: readonly TemplateSegment[]): boolean {
  for (let index = 0; ; index++) {
    const [left, right] = [a[index], b[index]];
    if (left === undefined || right === undefined) return left === right;
    if (left.kind === 'greedy' || right.kind === 'greedy') return true;
    if (left.kind === 'static' && right.kind === 'static' && left.text !== right.text) return false;
  }
}
