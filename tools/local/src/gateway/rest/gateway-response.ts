import type { GatewayResponseModel } from '../../model/app-model.ts';
import { type OutgoingResponse, type ResponseHeader, textBody } from '../exchange/exchange.ts';
import { headerValue } from '../exchange/header-lines.ts';
import { substitute } from '../exchange/substitute-variables.ts';
import { contextVariables } from './context-variables.ts';
import { parseRestQuery } from './event-parts.ts';
import { DEFAULT_TEMPLATE } from './gateway-response-types.ts';
import type { RestCall } from './rest-call.ts';
import type { RestRefusalFacts } from './rest-refusal.ts';

/**
 * Makes the answer that the API gives by itself. A type that is customised uses its own customisation alone; any other
 * takes that of DEFAULT_4XX or DEFAULT_5XX as a whole; a status that is not set is the one of the case at hand.
 */
export function toGatewayResponse(
  call: RestCall,
  refusal: RestRefusalFacts,
  accountId: string,
): OutgoingResponse {
  const custom = findCustomisation(call.api.gatewayResponses, refusal);
  const sources = {
    context: contextVariables(call, accountId, refusal),
    stageVariables: call.stage?.variables ?? {},
    unset: '',
  };
  const [contentType, template] = pickTemplate(call, custom) ?? ['application/json', undefined];
  const body =
    template === undefined
      ? (refusal.body ?? substitute(DEFAULT_TEMPLATE, sources))
      : substitute(template, sources);
  const declared = Object.entries(custom?.headers ?? {}).flatMap(([name, expression]): ResponseHeader[] => {
    const value = headerExpression(call, expression, sources.context);
    return value === undefined ? [] : [[name.replace(/^gatewayresponse\.header\./, ''), value]];
  });
  const replaced = new Set(declared.map(([name]) => name.toLowerCase()));
  const own: ResponseHeader[] = [
    ['Content-Type', contentType],
    ['x-amzn-ErrorType', refusal.errorType],
  ];
  return {
    status: custom?.statusCode ?? refusal.status,
    headers: [...own.filter(([name]) => !replaced.has(name.toLowerCase())), ...declared],
    body: textBody(body),
  };
}

function findCustomisation(
  responses: readonly GatewayResponseModel[],
  refusal: RestRefusalFacts,
): GatewayResponseModel | undefined {
  const fallback = refusal.status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
  return (
    responses.find(({ responseType }) => responseType === refusal.responseType) ??
    responses.find(({ responseType }) => responseType === fallback)
  );
}

/** By the first media type of Accept, else `application/json`, else the first declared. */
function pickTemplate(
  call: RestCall,
  custom: GatewayResponseModel | undefined,
): [string, string] | undefined {
  const templates = Object.entries(custom?.templates ?? {});
  const accept = headerValue(call.request.headers, 'accept')?.split(/[,;]/)[0]?.trim().toLowerCase();
  const byType = (wanted: string | undefined): [string, string] | undefined =>
    templates.find(([type]) => type.toLowerCase() === wanted);
  return byType(accept) ?? byType('application/json') ?? templates[0];
}

/** `'literal'`, `context.x`, `stageVariables.x`, `method.request.header.x`, `.querystring.x` or `.path.x`. */
function headerExpression(
  call: RestCall,
  expression: string,
  context: (name: string) => string | undefined,
): string | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  const [, source, name = ''] =
    /^(context|stageVariables|method\.request\.(?:header|querystring))\.(.+)$/.exec(expression) ?? [];
  switch (source) {
    case 'context':
      return context(name);
    case 'stageVariables':
      return call.stage?.variables[name];
    case 'method.request.header':
      return headerValue(call.request.headers, name.toLowerCase());
    case 'method.request.querystring':
      return parseRestQuery(call.request.rawQuery).findLast(([key]) => key === name)?.[1];
    default:
      return undefined;
  }
}
