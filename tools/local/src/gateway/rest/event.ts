import { toBuffer } from '../exchange/exchange.ts';
import { headerValue } from '../exchange/header-lines.ts';
import { isBinaryType } from './binary-media.ts';
import { restRequestContext, restRequestMaps } from './event-parts.ts';
import type { AuthorizedRestCall } from './rest-call.ts';

/** The proxy integration's event. Members without a value are null. */
export function toRestEvent(call: AuthorizedRestCall, accountId: string): Record<string, unknown> {
  const { method, resourcePath, pathParameters, stage } = call;
  const maps = restRequestMaps(call, null);
  const { body, isBase64Encoded } = eventBody(call);
  return {
    resource: method.path,
    path: resourcePath,
    httpMethod: call.request.method,
    headers: maps.headers,
    multiValueHeaders: maps.multiValueHeaders,
    queryStringParameters: maps.queryStringParameters,
    multiValueQueryStringParameters: maps.multiValueQueryStringParameters,
    pathParameters: pathParameters.length === 0 ? null : toParameters(pathParameters),
    stageVariables: Object.keys(stage.variables).length === 0 ? null : stage.variables,
    requestContext: restRequestContext(call, accountId),
    body,
    isBase64Encoded,
  };
}

/** A greedy parameter loses the path's trailing slash by the way that routing reads it. */
export function toParameters(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

function eventBody({ request, api }: AuthorizedRestCall): { body: string | null; isBase64Encoded: boolean } {
  if (request.body.byteLength === 0) return { body: null, isBase64Encoded: false };
  const bytes = toBuffer(request.body);
  const isBinary = isBinaryType(api.binaryMediaTypes, headerValue(request.headers, 'content-type'));
  return { body: bytes.toString(isBinary ? 'base64' : 'utf8'), isBase64Encoded: isBinary };
}
