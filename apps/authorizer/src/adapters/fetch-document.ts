import type { FetchDocument } from '@gatehouse/auth';
import type { HttpClient } from '@gatehouse/clients';

/**
 * Fetches key sets and introspection answers over kept connections. One try more where nothing is changed by it; redirects are
 * answers, so they are not followed.
 */
export function createDocumentFetcher(client: HttpClient): FetchDocument {
  return async ({ url, method, headers, body, timeoutMs, maxBytes }) => {
    const { status, body: bytes } = await client.request({
      url,
      method,
      headers,
      ...(body !== undefined && { body }),
      idempotent: true,
      retries: 1,
      maxRedirects: 0,
      maxResponseBytes: maxBytes,
      timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, totalMs: timeoutMs },
    });
    return { status, body: bytes };
  };
}
