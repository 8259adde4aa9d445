import type { HttpCorsModel } from '../../model/app-model.ts';
import { NO_BODY, type OutgoingResponse, type ResponseHeader } from '../exchange/exchange.ts';
import { headerValue, type HeaderLines } from '../exchange/header-lines.ts';
import { allowedOrigin } from '../http/cors.ts';

/**
 * What Lambda adds for a cross-origin request. Unlike an HTTP API it answers `*` by the origin itself, and adds its
 * headers beside the handler's own, so that a handler that sets them too sends them twice.
 */
export function functionUrlCorsHeaders(cors: HttpCorsModel, request: HeaderLines): ResponseHeader[] {
  const origin = headerValue(request, 'origin');
  if (origin === undefined || !isAllowed(cors, origin)) return [];
  const headers: ResponseHeader[] = [['Access-Control-Allow-Origin', origin]];
  if (cors.exposeHeaders.length > 0) {
    headers.push(['Access-Control-Expose-Headers', cors.exposeHeaders.join(',')]);
  }
  if (cors.allowCredentials) headers.push(['Access-Control-Allow-Credentials', 'true']);
  return headers;
}

/** A preflight never reaches the function once CORS is configured. */
export function isPreflight(method: string, request: HeaderLines): boolean {
  return (
    method === 'OPTIONS' &&
    headerValue(request, 'origin') !== undefined &&
    headerValue(request, 'access-control-request-method') !== undefined
  );
}

/** 200 with what the configuration allows that origin; nothing for another one. */
export function answerFunctionUrlPreflight(cors: HttpCorsModel, request: HeaderLines): OutgoingResponse {
  const headers = functionUrlCorsHeaders(cors, request);
  if (headers.length > 0) {
    if (cors.allowMethods.length > 0) {
      headers.push(['Access-Control-Allow-Methods', cors.allowMethods.join(',')]);
    }
    if (cors.allowHeaders.length > 0) {
      headers.push(['Access-Control-Allow-Headers', cors.allowHeaders.join(',')]);
    }
    if (cors.maxAgeSeconds !== undefined)
      headers.push(['Access-Control-Max-Age', String(cors.maxAgeSeconds)]);
  }
  return { status: 200, headers, body: NO_BODY };
}

/** Lambda's default for allowed origins, when CORS is configured without them, is every origin. */
function isAllowed(cors: HttpCorsModel, origin: string): boolean {
  return cors.allowOrigins.length === 0 || allowedOrigin(cors, origin) !== undefined;
}
