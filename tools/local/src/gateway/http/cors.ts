import type { HttpCorsModel } from '../../model/app-model.ts';
import { NO_BODY, type OutgoingResponse, type ResponseHeader } from '../exchange/exchange.ts';
import { headerValue, type HeaderLines } from '../exchange/header-lines.ts';

/**
 * The headers that the configuration adds to a response: none for a request without Origin or from another origin.
 * `*` is answered by `*`, a listed origin by itself.
 */
export function corsHeaders(cors: HttpCorsModel, request: HeaderLines): ResponseHeader[] {
  const allowed = allowedOrigin(cors, headerValue(request, 'origin'));
  if (allowed === undefined) return [];
  const headers: ResponseHeader[] = [['access-control-allow-origin', allowed]];
  if (cors.allowCredentials) headers.push(['access-control-allow-credentials', 'true']);
  if (cors.exposeHeaders.length > 0) {
    headers.push(['access-control-expose-headers', cors.exposeHeaders.join(',').toLowerCase()]);
  }
  return headers;
}

/** The answer to an OPTIONS request that no route takes: 204, with what the configuration allows that origin. */
export function answerPreflight(cors: HttpCorsModel, request: HeaderLines): OutgoingResponse {
  const headers = corsHeaders(cors, request);
  if (headers.length > 0) {
    if (cors.allowMethods.length > 0) {
      headers.push(['access-control-allow-methods', cors.allowMethods.join(',')]);
    }
    if (cors.allowHeaders.length > 0) {
      headers.push(['access-control-allow-headers', cors.allowHeaders.join(',').toLowerCase()]);
    }
    if (cors.maxAgeSeconds !== undefined)
      headers.push(['access-control-max-age', String(cors.maxAgeSeconds)]);
  }
  return { status: 204, headers, body: NO_BODY };
}

/** Once CORS is configured, what the integration says about it is dropped. */
export function withoutIntegrationCors(headers: readonly ResponseHeader[]): ResponseHeader[] {
  return headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
}

/** @returns the value of Access-Control-Allow-Origin; undefined when the origin is not allowed. */
export function allowedOrigin(cors: HttpCorsModel, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (cors.allowOrigins.includes('*')) return '*';
  const matches = cors.allowOrigins.some(
    (allowed) =>
      allowed === origin ||
      ((allowed === 'https://*' || allowed === 'http://*') && origin.startsWith(allowed.slice(0, -1))),
  );
  return matches ? origin : undefined;
}
