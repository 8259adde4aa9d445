/** What the client asks its transport to send. */
export interface ClientRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether sending it twice has the effect of sending it once. */
  readonly idempotent: boolean;
  /** 0: this client counts the tries itself, and a transport that did too would multiply them. */
  readonly retries: 0;
  readonly signal?: AbortSignal;
}

/** What came back, whatever the status. */
export interface ClientResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Sends one request. It rejects when no answer came. The keep-alive client of `@gatehouse/clients` is one, with or without
 * a signer: `(request) => http.request({ ...request, sign })`.
 */
export type Transport = (request: ClientRequest) => Promise<ClientResponse>;
