import type { FetchDocument } from '@gatehouse/auth';
import type { HttpClient } from '@gatehouse/clients';

/**
 * Fetches key sets and introspection answers over kept connections; a connection that was closed meanwhile is replaced. A key set is
 * asked for once, since what bounds the looks at it has to bound its requests; introspection, which no held answer
 * bridges, once more. Redirects are answers, so they are not followed.
 */
export function createDocumentFetcher(client: HttpClient): FetchDocument {
  return async ({ url, method, headers, body, timeoutMs, maxBytes }) => {
    const { status, body: bytes } = await client.request({
      url,
      method,
      headers,
      ...(body !== undefined && { body }),
      idempotent: true,
      retries: method === 'GET' ? 0 : 1,
      maxRedirects: 0,
      maxResponseBytes: maxBytes,
      timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, totalMs: timeoutMs },
    });
    return { status, body: bytes };
  };
}
