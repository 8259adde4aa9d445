import type { IdentityValue } from '../authorization/describe-cache-key.ts';
import { headerValue, headerValues } from '../exchange/header-lines.ts';
import { parseRestQuery } from './event-parts.ts';
import type { RoutedRestCall } from './rest-call.ts';

/**
 * What a request holds at an authorizer's identity sources, in their order; the source's name where it is missing or
 * empty. Sources: `method.request.header.X`, `method.request.querystring.X`, `context.X`, `stageVariables.X`.
 */
export function restIdentityValues(
  call: RoutedRestCall,
  sources: readonly string[],
): readonly (IdentityValue | string)[] {
  return sources.map((source) => {
    const value = valueAt(call, source);
    return value === undefined || value === '' ? source : { source, value };
  });
}

function valueAt(call: RoutedRestCall, source: string): string | undefined {
  const pattern = /^(method\.request\.header|method\.request\.querystring|context|stageVariables)\.(.+)$/;
  const [, kind = '', name = ''] = pattern.exec(source) ?? [];
  switch (kind) {
    case 'method.request.header':
      return headerValues(call.request.headers, name.toLowerCase()).join(',');
    case 'method.request.querystring':
      return parseRestQuery(call.request.rawQuery).findLast(([key]) => key === name)?.[1];
    case 'stageVariables':
      return call.stage.variables[name];
    case 'context':
      return contextValues(call)[name];
    default:
      return undefined;
  }
}

function contextValues(call: RoutedRestCall): Readonly<Record<string, string | undefined>> {
  return {
    apiId: call.api.id,
    domainName: call.domainName,
    httpMethod: call.request.method,
    'identity.sourceIp': call.request.sourceIp,
    'identity.userAgent': headerValue(call.request.headers, 'user-agent'),
    path: call.request.path,
    protocol: call.request.protocol,
    resourceId: call.method.resourceId,
    resourcePath: call.method.path,
    stage: call.stage.name,
  };
}
