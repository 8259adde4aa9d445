import { type OutgoingResponse, type ResponseHeader, textBody } from '../exchange/exchange.ts';
import { toTrainCase } from '../exchange/header-casing.ts';
import { corsHeaders, withoutIntegrationCors } from './cors.ts';
import type { HttpCall } from './http-call.ts';
import type { HttpRefusal } from './http-refusal.ts';

/** Headers of an integration that belong to the connection: the front writes its own. */
export const CONNECTION_HEADERS = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-connection',
]);

/** Once CORS is configured, the API's own headers stand in the place of the integration's; errors get them too. */
export function withCors(call: HttpCall, response: OutgoingResponse): OutgoingResponse {
  const { cors } = call.api;
  if (cors === undefined) return response;
  const headers = [...withoutIntegrationCors(response.headers), ...corsHeaders(cors, call.request.headers)];
  return { status: response.status, headers, body: response.body };
}

/** Finishes every response of an HTTP API: the connection's headers, names in Train-Case, the request id. */
export function finishHttpResponse(call: HttpCall, response: OutgoingResponse): OutgoingResponse {
  const headers: ResponseHeader[] = response.headers
    .filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()))
    .map(([name, value]) => [toTrainCase(name), value] as const);
  headers.push(['Apigw-Requestid', call.requestId]);
  return { status: response.status, headers, body: response.body };
}

/** The answer that the API gives by itself. */
export function toRefusalResponse(refusal: HttpRefusal): OutgoingResponse {
  const contentType: readonly ResponseHeader[] =
    refusal.why.hasContentType === false ? [] : [['Content-Type', 'application/json']];
  return {
    status: refusal.status,
    headers: [...contentType, ...(refusal.why.headers ?? [])],
    body: textBody(refusal.body),
  };
}
