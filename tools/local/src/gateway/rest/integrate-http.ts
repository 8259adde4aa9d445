import type { HttpProxyModel } from '../../model/app-model.ts';
import { type ResponseHeader, toBuffer } from '../exchange/exchange.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { fillUri, forwardRequest, parseBackendUrl } from '../integration/forward-request.ts';
import { traceStep } from '../trace-step.ts';
import { isBinaryType } from './binary-media.ts';
import { findBrokenParameter } from './broken-parameters.ts';
import { contextVariables } from './context-variables.ts';
import { parseRestQuery, restHeaderLines } from './event-parts.ts';
import type { IntegrationAnswer } from './integration-answer.ts';
import { integrationConfigurationError, integrationTimeout, networkError } from './refusals.ts';
import { remapHeaders } from './remap-headers.ts';
import type { AuthorizedRestCall } from './rest-call.ts';

/**
 * The HTTP proxy integration: the request goes to the backend as it is, but for the mapped parameters. Its response
 * carries no X-Amzn-Trace-Id of the gateway's own.
 *
 * @throws RestRefusal
 */
export async function forwardRestCall(
  runtime: GatewayRuntime,
  call: AuthorizedRestCall,
  integration: HttpProxyModel,
): Promise<IntegrationAnswer> {
  const { request } = call;
  const mapped = mapParameters(runtime, call, integration);
  const url = parseBackendUrl(fillUri(integration.uri, mapped.path, call.stage.variables));
  if (url === undefined) throw integrationConfigurationError({ reason: 'Invalid endpoint address' });
  url.search = [url.search.slice(1), request.rawQuery, mapped.query.toString()]
    .filter((part) => part !== '')
    .join('&');
  const sentAtMs = runtime.clock();
  const outcome = await forwardRequest(runtime, {
    url,
    method: integration.httpMethod === 'ANY' ? request.method : integration.httpMethod,
    headers: backendHeaders(call, mapped.headers),
    body: backendBody(call),
    timeoutMs: integration.timeoutMs,
  });
  const latencyMs = runtime.clock() - sentAtMs;
  switch (outcome.kind) {
    case 'gateway-timeout':
      throw integrationTimeout({
        reason: `the backend did not answer within ${integration.timeoutMs} ms`,
        integration: { latencyMs },
      });
    case 'unreachable':
      throw networkError({
        reason: `the backend ${url.host} cannot be reached: ${outcome.reason}`,
        integration: { latencyMs },
      });
    case 'response': {
      const { status, headers, body } = outcome.response;
      traceStep(runtime, call, {
        stage: 'integration',
        outcome: 'pass',
        detail: { backend: url.host, status },
      });
      return {
        response: { status, headers: remapHeaders(headers), body },
        integration: { status, integrationStatus: status, latencyMs },
      };
    }
  }
}

interface MappedParameters {
  readonly path: Record<string, string>;
  readonly query: URLSearchParams;
  readonly headers: readonly ResponseHeader[];
}

/** `integration.request.{path,querystring,header}.x` from `method.request.*`, `context.*`, `stageVariables.*` or a literal. */
function mapParameters(
  runtime: GatewayRuntime,
  call: AuthorizedRestCall,
  { requestParameters }: HttpProxyModel,
): MappedParameters {
  const broken = findBrokenParameter(requestParameters);
  if (broken !== undefined) {
    throw integrationConfigurationError({ reason: `no integration may be given ${broken}` });
  }
  const path: Record<string, string> = {};
  const query = new URLSearchParams();
  const headers: ResponseHeader[] = [];
  for (const [target, source] of Object.entries(requestParameters)) {
    const [, place, name = ''] = /^integration\.request\.(path|querystring|header)\.(.+)$/.exec(target) ?? [];
    const value = sourceValue(runtime, call, source);
    if (value === undefined) continue;
    if (place === 'path') path[name] = value;
    else if (place === 'querystring') query.append(name, value);
    else if (place === 'header') headers.push([name, value]);
  }
  return { path, query, headers };
}

function sourceValue(runtime: GatewayRuntime, call: AuthorizedRestCall, source: string): string | undefined {
  const literal = /^'(.*)'$/s.exec(source)?.[1];
  if (literal !== undefined) return literal;
  const pattern = /^(method\.request\.(?:path|querystring|header)|context|stageVariables)\.(.+)$/;
  const [, place, name = ''] = pattern.exec(source) ?? [];
  switch (place) {
    case 'method.request.path':
      return call.pathParameters.find(([key]) => key === name)?.[1];
    case 'method.request.querystring':
      return parseRestQuery(call.request.rawQuery).findLast(([key]) => key === name)?.[1];
    case 'method.request.header':
      return headerValue(call.request.headers, name.toLowerCase());
    case 'context':
      return contextVariables(call, runtime.accountId)(name);
    case 'stageVariables':
      return call.stage.variables[name];
    default:
      return undefined;
  }
}

/** The client's headers as an event would have them; mapped ones stand in the place of equal names. */
function backendHeaders(call: AuthorizedRestCall, mapped: readonly ResponseHeader[]): ResponseHeader[] {
  const replaced = new Set(['host', ...mapped.map(([name]) => name.toLowerCase())]);
  const own = restHeaderLines(call)
    .filter(({ key }) => !replaced.has(key))
    .map(({ name, value }) => [name, value] as const);
  return [...own, ...mapped, ['x-amzn-apigateway-api-id', call.api.id]];
}

/** Without a binary media type that matches, the gateway reads a body as UTF-8: other bytes become U+FFFD on the way. */
function backendBody({ request, api }: AuthorizedRestCall): Uint8Array {
  const isBinary = isBinaryType(api.binaryMediaTypes, headerValue(request.headers, 'content-type'));
  return isBinary ? request.body : Buffer.from(toBuffer(request.body).toString('utf8'), 'utf8');
}
