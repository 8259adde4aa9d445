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

/** Finishes every response of an HTTP API: the connection's headers, CORS, names in Train-Case, the request id. */
export function finishHttpResponse(call: HttpCall, response: OutgoingResponse): OutgoingResponse {
  const { cors } = call.api;
  const own = response.headers.filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()));
  const headers: ResponseHeader[] =
    cors === undefined ? own : [...withoutIntegrationCors(own), ...corsHeaders(cors, call.request.headers)];
  return {
    ...response,
    headers: [
      ...headers.map(([name, value]) => [toTrainCase(name), value] as const),
      ['Apigw-Requestid', call.requestId],
    ],
  };
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
