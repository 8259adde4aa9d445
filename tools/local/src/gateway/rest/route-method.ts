import { createHash } from 'node:crypto';
import type { RestApiModel, RestMethodModel } from '../../model/app-model.ts';
import { headerValue } from '../exchange/header-lines.ts';
import { buildRouteTree, type RouteTree, toSegments } from '../routing/route-tree.ts';
import { incompleteSignature, missingAuthenticationToken } from './refusals.ts';
import type { RestCall, RoutedRestCall, StagedRestCall } from './rest-call.ts';
import type { RestRefusal, RestStep } from './rest-refusal.ts';

export type RestRouter = RouteTree<RestMethodModel>;

export function buildRestRouter(api: RestApiModel): RestRouter {
  return buildRouteTree(
    api.methods.map((method) => ({ method: method.httpMethod, path: method.path, value: method })),
  );
}

/**
 * Finds the method of a resource. Slashes at the end of the path do not count.
 *
 * @throws RestRefusal 403 for a path or a method that does not exist.
 */
export function routeRestCall(router: RestRouter, call: StagedRestCall): RoutedRestCall {
  const match = router.match(call.request.method, toSegments(call.resourcePath.replace(/\/+$/, '')));
  if (match !== undefined) return { method: match.value, pathParameters: match.parameters, ...call };
  throw unsigned(call, 'route', `no resource takes ${call.request.method} ${call.resourcePath}`);
}

/**
 * How a REST API refuses a call that lacks a signature: by another text when the Authorization header holds something
 * else, such as a bearer token.
 */
export function unsigned(call: RestCall, step: RestStep, reason: string): RestRefusal {
  const authorization = headerValue(call.request.headers, 'authorization');
  if (authorization === undefined || authorization.startsWith('AWS4-HMAC-SHA256')) {
    return missingAuthenticationToken({ step, reason });
  }
  return incompleteSignature(createHash('sha256').update(authorization).digest('base64'), { step, reason });
}
