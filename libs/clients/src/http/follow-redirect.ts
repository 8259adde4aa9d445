import { ClientsError } from '../errors.ts';
import type { HttpClientRequest, HttpClientResponse } from './http-message.ts';

/** Headers that say who calls: they stay with the origin that they were meant for. */
const identifying = /^(?:authorization|cookie|proxy-authorization|x-api-key|x-amz-.*)$/i;

/**
 * The request that a redirect asks for; undefined when the answer is no redirect, or the request is none that may be
 * redirected.
 * @throws {ClientsError} CLIENTS_RESPONSE_INVALID when it leads from https to http, or nowhere.
 */
export function toRedirectedRequest(
  request: HttpClientRequest,
  sent: { readonly method: string; readonly url: URL },
  response: HttpClientResponse,
): HttpClientRequest | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  if (sent.method !== 'GET' && sent.method !== 'HEAD') return undefined;
  const location = response.headers['location'];
  if (location === undefined) return undefined;
  const url = resolve(location, sent.url);
  const sameOrigin = url.origin === sent.url.origin;
  const { query: _query, sign, headers = {}, ...rest } = request;
  return {
    ...rest,
    url,
    method: sent.method,
    headers: sameOrigin
      ? headers
      : Object.fromEntries(Object.entries(headers).filter(([name]) => !identifying.test(name))),
    ...(sameOrigin && sign !== undefined && { sign }),
  };
}

function resolve(location: string, base: URL): URL {
  let url: URL;
  try {
    url = new URL(location, base);
  } catch (cause) {
    throw new ClientsError('CLIENTS_RESPONSE_INVALID', 'the redirect leads nowhere', { cause });
  }
  if (url.protocol !== 'https:' && url.protocol !== base.protocol) {
    throw new ClientsError(
      'CLIENTS_RESPONSE_INVALID',
      `the redirect leads from ${base.protocol} to ${url.protocol}`,
    );
  }
  return url;
}
