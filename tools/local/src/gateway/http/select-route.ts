import type { HttpApiModel, HttpRouteModel } from '../../model/app-model.ts';
import { decodePercent } from '../exchange/percent-decoding.ts';
import { buildRouteTree, type RouteMatch, toSegments } from '../routing/route-tree.ts';
import type { RoutedHttpCall, StagedHttpCall } from './http-call.ts';

/** Finds the route of a method and an encoded path; `undefined` when the API has none. */
export type HttpRouter = (method: string, path: string) => RouteMatch<HttpRouteModel> | undefined;

/**
 * An HTTP API takes the most specific route that has both path and method: literals before `{name}` before `{name+}`,
 * the method before ANY, and `$default` at the end. A trailing slash counts.
 */
export function buildHttpRouter(api: HttpApiModel): HttpRouter {
  const fallback = api.routes.find((route) => route.routeKey === '$default');
  const tree = buildRouteTree(
    api.routes
      .filter((route) => route !== fallback)
      .map((route) => {
        const [method = 'ANY', path = '/'] = route.routeKey.split(' ');
        return { method, path, value: route };
      }),
  );
  return (method, path) =>
    tree.match(method, toSegments(path).map(decodePercent)) ??
    (fallback === undefined ? undefined : { value: fallback, parameters: [] });
}

/** @returns undefined when no route takes the call. */
export function selectHttpRoute(router: HttpRouter, call: StagedHttpCall): RoutedHttpCall | undefined {
  const match = router(call.request.method, call.routePath);
  return match && { route: match.value, pathParameters: match.parameters, ...call };
}
