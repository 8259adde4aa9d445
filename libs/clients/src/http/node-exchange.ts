import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { TransportError, type Exchange, type RawResponse } from './transport.ts';
import { toTransportError } from './transport-error.ts';

/** Starts a request; `https.request` or `http.request`. */
export type StartRequest = (options: RequestOptions) => ClientRequest;

type Stage = 'connect' | 'firstByte' | 'body';

/**
 * Runs one try over Node's client. At any moment one timer runs, for the stage that the try is in; when the promise
 * settles, neither it nor the signal's listener is left.
 */
export function exchangeOverNode(
  exchange: Exchange,
  start: StartRequest,
  options: RequestOptions,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const { request, signal } = exchange;
    const host = request.url.host;
    const endsAtMs = performance.now() + exchange.totalMs;
    let stage: Stage = 'connect';
    let settled = false;
    let socket: Socket | undefined;
    let bytesBefore = 0;
    let timer: NodeJS.Timeout | undefined;

    const clientRequest = start({
      ...options,
      method: request.method,
      path: `${request.url.pathname}${request.url.search}`,
      headers: request.headers,
    });

    const enter = (next: Stage, limitMs: number): void => {
      stage = next;
      clearTimeout(timer);
      const leftMs = Math.max(0, endsAtMs - performance.now());
      timer = setTimeout(onTimeout, Math.min(limitMs, leftMs));
    };
    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (error: unknown): void => {
      if (!settle()) return;
      clientRequest.destroy();
      reject(
        toTransportError(error, {
          host,
          connected: stage !== 'connect',
          reused: clientRequest.reusedSocket,
          answered: socket !== undefined && socket.bytesRead > bytesBefore,
        }),
      );
    };
    const onTimeout = (): void => fail(timeoutError(host, stage));
    const onAbort = (): void =>
      fail(
        new TransportError('CLIENTS_ABORTED', 'the caller aborted', { cause: signal?.reason, sent: true }),
      );

    enter('connect', exchange.connectMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    clientRequest.on('error', fail);
    clientRequest.on('socket', (assigned) => {
      socket = assigned;
      bytesBefore = assigned.bytesRead;
      const onConnected = (): void => {
        if (!settled) enter('firstByte', exchange.firstByteMs);
      };
      if (clientRequest.reusedSocket) onConnected();
      else assigned.once('encrypted' in assigned ? 'secureConnect' : 'connect', onConnected);
    });
    clientRequest.on('response', (response) => {
      enter('body', Infinity);
      readBody(response, exchange.maxResponseBytes).then((body) => {
        if (settle()) resolve({ status: response.statusCode ?? 0, headers: joinHeaders(response), body });
      }, fail);
    });
    clientRequest.end(request.body.byteLength === 0 ? undefined : request.body);
  });
}

function timeoutError(host: string, stage: Stage): TransportError {
  const waited = { connect: 'to connect', firstByte: 'for the first byte', body: 'for the whole answer' };
  return new TransportError('CLIENTS_TIMEOUT', `the time ran out waiting for ${host} ${waited[stage]}`, {
    sent: stage !== 'connect',
    retryable: true,
  });
}

function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const tooLarge = (): void =>
      reject(
        new TransportError('CLIENTS_RESPONSE_TOO_LARGE', `the answer is larger than ${maxBytes} bytes`, {
          sent: true,
        }),
      );
    const declared = Number(response.headers['content-length']);
    if (declared > maxBytes) {
      tooLarge();
      return;
    }
    response.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) tooLarge();
      else chunks.push(chunk);
    });
    response.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    // An answer that ends before its length, or before its last chunk, is an error event ("aborted").
    response.on('error', reject);
  });
}

/** Repeated names joined by `, ` (RFC 9110 5.3), but `set-cookie`, whose values have commas of their own. */
function joinHeaders(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join('\n') : value;
  }
  return headers;
}
