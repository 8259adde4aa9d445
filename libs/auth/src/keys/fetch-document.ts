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

/** An error of what a document is wanted for. */
export type DownCode = Extract<AuthErrorCode, 'AUTH_KEY_SOURCE_DOWN' | 'AUTH_INTROSPECTION_DOWN'>;

/**
 * Fetches a JSON object, holding the answer to the request's own limits even where the transport does not.
 * @throws AuthError as {@link fetchInTime} and {@link readJsonObject}.
 */
export async function fetchJsonObject(
  fetch: FetchDocument,
  request: DocumentRequest,
  code: DownCode,
): Promise<JsonObject> {
  return readJsonObject(await fetchInTime(fetch, request, code), request, code);
}

/**
 * Reads a fetched document as a JSON object.
 * @throws AuthError of the given code for a status other than 200, an oversized body, or no JSON object.
 */
export function readJsonObject(
  { status, body }: FetchedDocument,
  { maxBytes }: Pick<DocumentRequest, 'maxBytes'>,
  code: DownCode,
): JsonObject {
  if (status !== 200) throw new AuthError(code, { detail: `status ${status}` });
  if (body.byteLength > maxBytes) throw new AuthError(code, { detail: 'size' });
  const object = parseJsonObject(Buffer.from(body).toString('utf8').trim());
  if (object === undefined) throw new AuthError(code, { detail: 'json' });
  return object;
}

/**
 * Fetches a document of any status.
 * @throws AuthError of the given code for no answer in time.
 */
export async function fetchInTime(
  fetch: FetchDocument,
  request: DocumentRequest,
  code: DownCode,
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
