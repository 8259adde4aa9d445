import type { IdentityValue } from '../authorization/describe-cache-key.ts';
import { headerValues } from '../exchange/header-lines.ts';
import { parseQueryString } from '../exchange/query-string.ts';
import { userAgent } from './event-parts.ts';
import type { RoutedHttpCall } from './http-call.ts';

/**
 * What a request holds at an authorizer's identity sources, in their order; `undefined` for a missing or empty one.
 * Sources: `$request.header.X`, `$request.querystring.X`, `$context.X`, `$stageVariables.X`.
 */
export function httpIdentityValues(
  call: RoutedHttpCall,
  sources: readonly string[],
): readonly (IdentityValue | string)[] {
  return sources.map((source) => {
    const value = valueAt(call, source);
    return value === undefined || value === '' ? source : { source, value };
  });
}

function valueAt(call: RoutedHttpCall, source: string): string | undefined {
  const [, kind = '', name = ''] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case 'request.header':
      return headerValues(call.request.headers, name.toLowerCase()).join(',');
    case 'request.querystring':
      return parseQueryString(call.request.rawQuery)
        .filter(([key]) => key === name)
        .map(([, value]) => value)
        .join(',');
    case 'stageVariables':
      return call.stage.variables[name];
    case 'context':
      return contextVariables(call)[name];
    default:
      return undefined;
  }
}

function contextVariables(call: RoutedHttpCall): Readonly<Record<string, string | undefined>> {
  return {
    apiId: call.api.id,
    domainName: call.domainName,
    httpMethod: call.request.method,
    'identity.sourceIp': call.request.sourceIp,
    'identity.userAgent': userAgent(call),
    path: call.request.path,
    protocol: call.request.protocol,
    routeKey: call.route.routeKey,
    stage: call.stage.name,
  };
}
