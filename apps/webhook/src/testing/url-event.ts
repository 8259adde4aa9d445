import { functionUrlEvent } from '@gatehouse/http/testing';

/** One request to the receiver's function URL. */
export interface UrlRequest {
  /** Default `/webhooks/standard`. */
  readonly path?: string;
  /** Default POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How Lambda hands the body over. Default: text when it is given as text. */
  readonly base64?: boolean;
}

/** The event that Lambda makes of it, the body as text or as base64 at will. */
export function urlEvent(request: UrlRequest): Record<string, unknown> {
  const { path = '/webhooks/standard', method = 'POST', headers = {}, body } = request;
  const event = functionUrlEvent({ path, method, headers, requestId: 'request-1' });
  if (body === undefined) return event;
  const { base64 = typeof body !== 'string' } = request;
  return {
    ...event,
    body: Buffer.from(body).toString(base64 ? 'base64' : 'utf8'),
    isBase64Encoded: base64,
  };
}
