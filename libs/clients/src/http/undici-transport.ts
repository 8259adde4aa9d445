import type { Agent, Dispatcher } from 'undici';
import { TransportError, type Exchange, type RawResponse, type Transport } from './transport.ts';
import { toTransportError } from './transport-error.ts';

export interface UndiciTransportOptions {
  /** Open connections to one host, at most. Default 50. */
  readonly connections?: number;
  /** For a new connection; undici has one for all calls. Default 1000. */
  readonly connectMs?: number;
  /** PEM certificates that are trusted in place of Node's own list. */
  readonly ca?: string;
}

/**
 * Sends by undici's pools instead of `node:https`: `createHttpClient({ transport: createUndiciTransport() })`. Under many
 * calls at once it takes about a quarter less time for each; loading it, at the first call, costs about seven times what
 * `node:https` costs (docs/adr/0302).
 * Requests to untrusted URLs are refused: their guard is the default transport's.
 */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  let agent: Promise<Agent> | undefined;

  async function createAgent(): Promise<Agent> {
    const undici = await import('undici');
    return new undici.Agent({
      connections: options.connections ?? 50,
      connect: { timeout: options.connectMs ?? 1_000, ...(options.ca !== undefined && { ca: options.ca }) },
    });
  }

  return {
    async send(exchange) {
      if (exchange.publicOnly) {
        throw new TransportError('CLIENTS_TARGET_REFUSED', 'undici is not used for untrusted URLs', {
          sent: false,
        });
      }
      agent ??= createAgent();
      return exchangeOverUndici(await agent, exchange);
    },
    close() {
      void agent?.then((open) => open.destroy());
      agent = undefined;
    },
  };
}

async function exchangeOverUndici(agent: Agent, exchange: Exchange): Promise<RawResponse> {
  const { request, signal } = exchange;
  const { 'content-length': _length, ...headers } = request.headers;
  const total = new AbortController();
  const timer = setTimeout(() => total.abort(), exchange.totalMs);
  const onAbort = (): void => total.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  let answered = false;
  try {
    const response = await agent.request({
      origin: request.url.origin,
      path: `${request.url.pathname}${request.url.search}`,
      method: request.method,
      headers,
      body: request.body.byteLength === 0 ? null : request.body,
      headersTimeout: exchange.firstByteMs,
      bodyTimeout: exchange.totalMs,
      signal: total.signal,
    });
    answered = true;
    const body = await readBody(response, exchange.maxResponseBytes);
    return { status: response.statusCode, headers: joinHeaders(response.headers), body };
  } catch (error) {
    throw toError(error, exchange, { answered, overdue: total.signal.aborted });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function readBody(response: Dispatcher.ResponseData, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop destroys the body, and with it the connection.
    if (bytes > maxBytes) {
      const message = `the answer is larger than ${maxBytes} bytes`;
      throw new TransportError('CLIENTS_RESPONSE_TOO_LARGE', message, { sent: true });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function joinHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      joined[name] = Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : value;
  }
  return joined;
}

interface Failure {
  readonly answered: boolean;
  /** The time for the whole try had run out. */
  readonly overdue: boolean;
}

function toError(error: unknown, exchange: Exchange, { answered, overdue }: Failure): TransportError {
  const { host } = exchange.request.url;
  if (exchange.signal?.aborted === true) {
    return new TransportError('CLIENTS_ABORTED', 'the caller aborted', {
      cause: exchange.signal.reason,
      sent: true,
    });
  }
  const code = (error as { code?: unknown }).code;
  const isConnectTimeout = code === 'UND_ERR_CONNECT_TIMEOUT';
  if (overdue || isConnectTimeout || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    const details = { cause: error, sent: !isConnectTimeout, retryable: true };
    return new TransportError('CLIENTS_TIMEOUT', `the time ran out waiting for ${host}`, details);
  }
  const connected = !/^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO)$/.test(
    String(code),
  );
  // undici does not tell whether a connection was a kept one, so none is taken for stale.
  return toTransportError(error, { host, connected, wasKept: false, answered });
}
