import type { Method } from '../contract/operation.ts';
import { createRecord } from '../null-record.ts';
import { badRequest } from '../problem/bad-request.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { decodePercent } from '../request/percent-encoding.ts';
import { templateOf } from '../request/route-key.ts';
import { fitsTemplate, parseTemplate, specificityOf } from './path-template.ts';
import type { PathTemplate } from './path-template.ts';

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

interface CompiledRoute<T> extends Route<T> {
  readonly segments: PathTemplate;
  readonly specificity: string;
}

const NO_PARAMS: PathParams = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ createRecord<string>());

/**
 * Compiles a table once, most specific templates first: the first that fits is right. The front's own route says what the path is where
 * the table has its template, whatever a custom domain puts before the path. Which operation it is the table decides, since it may have a
 * more specific one than the front knows (`/users/me` beside `/users/{id}`). Wherever the front routes by a template that the table has not, such as a catch-all
 * of all operations, the path is taken.
 * Throws a TypeError for two operations with one route.
 */
export function createRouter<T>(routes: readonly Route<T>[]): Router<T> {
  const table: CompiledRoute<T>[] = [];
  /** By route key, then method: what has no parameters needs no search. */
  const literals = new Map<string, Map<string, RouteMatch<T>>>();
  for (const route of routes) {
    const { method, template, target } = route;
    const segments = parseTemplate(template);
    const compiled = { ...route, segments, specificity: specificityOf(segments) };
    if (table.some((other) => isSameRoute(other, compiled))) {
      throw new TypeError(`${method} ${template}: another operation has the same route`);
    }
    table.push(compiled);
    if (!template.includes('{')) {
      const methods = literals.get(template) ?? new Map<string, RouteMatch<T>>();
      methods.set(method, { target, params: NO_PARAMS });
      for (const key of [template, `ANY ${template}`, `${method} ${template}`]) literals.set(key, methods);
    }
  }
  table.sort((a, b) => (a.specificity < b.specificity ? -1 : 1));

  function pathOf(request: HttpRequest): readonly string[] {
    const { routeKey, routeParams } = request;
    const template = templateOf(routeKey);
    const known = table.find((route) => route.template === template);
    return (known && filledTemplate(known.segments, routeParams)) ?? pathSegments(request);
  }

  function find(path: readonly string[], method: string): CompiledRoute<T> | undefined {
    const found = table.find((route) => route.method === method && fitsTemplate(route.segments, path));
    return found ?? (method === 'HEAD' ? find(path, 'GET') : undefined);
  }

  return {
    match(request, method) {
      const literal = literals.get(request.routeKey ?? '')?.get(method ?? request.method);
      if (literal) return literal;
      const path = pathOf(request);
      const route = find(path, method ?? request.method);
      return route && { target: route.target, params: paramsOf(route.segments, path) };
    },
    allow(request) {
      const path = pathOf(request);
      const methods = table
        .filter(({ segments }) => fitsTemplate(segments, path))
        .map(({ method }) => method);
      if (methods.includes('GET')) methods.push('HEAD');
      return [...new Set(methods)].sort();
    },
  };
}

function isSameRoute<T>(a: CompiledRoute<T>, b: CompiledRoute<T>): boolean {
  const texts = b.segments.map(({ text }) => text);
  return a.method === b.method && a.specificity === b.specificity && fitsTemplate(a.segments, texts);
}

/** Decoded segments; a REST API ignores one trailing slash when it routes, and so does this for its events. */
function pathSegments(request: HttpRequest): readonly string[] {
  const { path } = request;
  if (path === '/') return [];
  const end = request.front === 'rest' && path.endsWith('/') ? -1 : undefined;
  return path
    .slice(1, end)
    .split('/')
    .map((segment) => {
      const decoded = decodePercent(segment);
      if (decoded !== undefined) return decoded;
      throw badRequest('HTTP_PATH_ENCODING_INVALID', 'The path has a percent sequence that is not UTF-8.');
    });
}

/** The path by the front's parameters; `undefined` where it did not give one that the template has. */
function filledTemplate(
  template: PathTemplate,
  params: Readonly<Record<string, unknown>> = {},
): readonly string[] | undefined {
  const path: string[] = [];
  for (const { kind, text } of template) {
    const value = kind === 'literal' ? text : params[text];
    if (typeof value !== 'string' || value === '') return undefined;
    if (kind === 'rest') path.push(...value.split('/'));
    else path.push(value);
  }
  return path;
}

function paramsOf(template: PathTemplate, path: readonly string[]): PathParams {
  const params = createRecord<string>();
  template.forEach(({ kind, text }, index) => {
    if (kind === 'param') params[text] = path[index] ?? '';
    else if (kind === 'rest') params[text] = path.slice(index).join('/');
  });
  return params;
}
