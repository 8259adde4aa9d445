import { headerValues } from '../exchange/header-lines.ts';
import type { ResponseHeader } from '../exchange/exchange.ts';
import { parseQueryString } from '../exchange/query-string.ts';
import { userAgent } from './event-parts.ts';
import type { AuthorizedHttpCall } from './http-call.ts';

/** A request on its way to a backend. */
export interface BackendRequest {
  readonly url: URL;
  readonly headers: readonly ResponseHeader[];
}

/**
 * Applies an HTTP API's parameter mapping: `append:`, `overwrite:` and `remove:` on `header.x` and `querystring.x`, and
 * `overwrite:path`. Values are literals with `$request.*`, `$context.*` and `$stageVariables.*` in them.
 */
export function mapHttpParameters(
  call: AuthorizedHttpCall,
  parameters: Readonly<Record<string, string>>,
  request: BackendRequest,
): BackendRequest {
  const url = new URL(request.url);
  let headers = [...request.headers];
  for (const [target, source] of Object.entries(parameters)) {
    const [, action, place, name = ''] =
      /^(append|overwrite|remove):(path|header|querystring)\.?(.*)$/.exec(target) ?? [];
    const value = action === 'remove' ? '' : render(call, source);
    if (place === 'path') {
      url.pathname = value;
    } else if (place === 'querystring') {
      if (action !== 'append') url.searchParams.delete(name);
      if (action !== 'remove') url.searchParams.append(name, value);
    } else if (place === 'header') {
      if (action !== 'append')
        headers = headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
      if (action !== 'remove') headers.push([name, value]);
    }
  }
  return { url, headers };
}

/** `$request.path.id` alone, or any text with `${request.path.id}` in it. */
function render(call: AuthorizedHttpCall, source: string): string {
  const alone = /^\$([\w.]+[\w.-]*)$/.exec(source)?.[1];
  if (alone !== undefined) return valueAt(call, alone);
  return source.replace(/\$\{([\w.-]+)\}/g, (_whole, name: string) => valueAt(call, name));
}

function valueAt(call: AuthorizedHttpCall, expression: string): string {
  if (expression === 'request.path') return call.routePath;
  if (expression === 'request.body') return Buffer.from(call.request.body).toString('utf8');
  const [, place, name = ''] =
    /^(request\.(?:path|querystring|header)|context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  switch (place) {
    case 'request.path':
      return call.pathParameters.find(([key]) => key === name)?.[1] ?? '';
    case 'request.querystring':
      return joined(
        parseQueryString(call.request.rawQuery)
          .filter(([key]) => key === name)
          .map(([, value]) => value),
      );
    case 'request.header':
      return joined(headerValues(call.request.headers, name.toLowerCase()));
    case 'stageVariables':
      return call.stage.variables[name] ?? '';
    case 'context':
      return contextValue(call, name);
    default:
      return '';
  }
}

function joined(values: readonly string[]): string {
  return values.join(',');
}

function contextValue(call: AuthorizedHttpCall, name: string): string {
  const { caller } = call;
  const values: Readonly<Record<string, string | undefined>> = {
    apiId: call.api.id,
    'authorizer.principalId': caller.kind === 'lambda' ? caller.principalId : undefined,
    domainName: call.domainName,
    httpMethod: call.request.method,
    'identity.sourceIp': call.request.sourceIp,
    'identity.userAgent': userAgent(call),
    path: call.request.path,
    protocol: call.request.protocol,
    requestId: call.requestId,
    routeKey: call.route.routeKey,
    stage: call.stage.name,
  };
  const known = values[name];
  if (known !== undefined || caller.kind !== 'lambda' || !name.startsWith('authorizer.')) return known ?? '';
  const value = caller.context?.[name.slice('authorizer.'.length)];
  return value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}
