import { AuthError, type AuthErrorCode } from '../errors.ts';
import { parseJsonObject, type JsonObject } from '../token/json-object.ts';

/** A request for a document of an identity provider. */
export interface DocumentRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** A longer body need not be read to its end. */
  readonly maxBytes: number;
}

export interface FetchedDocument {
  readonly status: number;
  readonly body: Uint8Array;
}

/**
 * Sends a request, a GET once whatever the answer: the caller bounds how often a key set is asked for. Rejects when there is no
 * answer. Must not follow redirects: a key document comes from the configured host or not at all.
 */
export type FetchDocument = (request: DocumentRequest) => Promise<FetchedDocument>;

/**
 * Fetches a JSON object, holding the answer to the request's own limits even where the transport does not.
 * @throws AuthError of the given code for no answer in time, a status other than 200, an oversized body, or no JSON object.
 */
export async function fetchJsonObject(
  fetch: FetchDocument,
  request: DocumentRequest,
  code: Extract<AuthErrorCode, 'AUTH_KEY_SOURCE_DOWN' | 'AUTH_INTROSPECTION_DOWN'>,
): Promise<JsonObject> {
  const document = await withinTime(fetch, request, code);
  if (document.status !== 200) throw new AuthError(code, { detail: `status ${document.status}` });
  if (document.body.byteLength > request.maxBytes) throw new AuthError(code, { detail: 'size' });
  const object = parseJsonObject(Buffer.from(document.body).toString('utf8').trim());
  if (object === undefined) throw new AuthError(code, { detail: 'json' });
  return object;
}

async function withinTime(
  fetch: FetchDocument,
  request: DocumentRequest,
  code: AuthErrorCode,
): Promise<FetchedDocument> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AuthError(code, { detail: 'timeout' })), request.timeoutMs);
  });
  try {
    return await Promise.race([fetch(request), timeout]);
  } catch (cause) {
    throw cause instanceof AuthError ? cause : new AuthError(code, { detail: 'connection', cause });
  } finally {
    clearTimeout(timer);
  }
}
