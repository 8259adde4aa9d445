import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import { monotonicMs } from '@gatehouse/observability';
import type { OutgoingRequest } from './http-message.ts';
import { TransportError, type Exchange, type RawResponse } from './transport.ts';
import { mayHaveBeenClosed, noteUse } from './kept-connections.ts';
import { toTransportError } from './transport-error.ts';

/** Starts a request; `https.request` or `http.request`. */
export type StartRequest = (options: RequestOptions) => ClientRequest;

/** Where a URL leads, in the parts that Node's client takes. */
export interface Target {
  readonly secure: boolean;
  /** With the port, unless it is the scheme's: the `host` header. */
  readonly host: string;
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  /** With the query. */
  readonly path: string;
}

/** What a request is sent with. */
export interface Route {
  readonly target: Target;
  readonly start: StartRequest;
  readonly agent: Agent;
  readonly lookup: LookupFunction | undefined;
}

type Stage = 'connect' | 'firstByte' | 'body';

/**
 * Runs one try over Node's client. One timer watches over all its stages; when the promise settles, neither it nor the
 * signal's listener is left.
 */
export function exchangeOverNode(
  exchange: Exchange,
  { target, start, agent, lookup }: Route,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const { request, signal } = exchange;
    const { host } = target;
    const startedMs = monotonicMs();
    const endsAtMs = startedMs + exchange.totalMs;
    let stage: Stage = 'connect';
    let stageEndsAtMs = Math.min(startedMs + exchange.connectMs, endsAtMs);
    let settled = false;
    let socket: Socket | undefined;
    let bytesBefore = 0;
    let wasKept = false;

    // Spelled out: copying an object of options would take more time than anything else here.
    const clientRequest = start({
      hostname: target.hostname,
      port: target.port,
      path: target.path,
      method: request.method,
      headers: toRawHeaders(host, request.headers),
      agent,
      lookup,
    });

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
          wasKept,
          answered: socket !== undefined && socket.bytesRead > bytesBefore,
        }),
      );
    };
    const onTimer = (): void => {
      const leftMs = stageEndsAtMs - monotonicMs();
      if (leftMs > 0.5) timer = setTimeout(onTimer, Math.ceil(leftMs));
      else fail(timeoutError(host, stage));
    };
    const onAbort = (): void =>
      fail(
        new TransportError('CLIENTS_ABORTED', 'the caller aborted', { cause: signal?.reason, sent: true }),
      );

    // No stage ends before this, so one timer does for the calls that end in time: nearly all.
    let timer = setTimeout(onTimer, Math.min(exchange.connectMs, exchange.firstByteMs, exchange.totalMs));
    signal?.addEventListener('abort', onAbort, { once: true });
    clientRequest.on('error', fail);
    clientRequest.on('socket', (assigned) => {
      socket = assigned;
      bytesBefore = assigned.bytesRead;
      wasKept = clientRequest.reusedSocket && mayHaveBeenClosed(assigned, startedMs);
      const onConnected = (): void => {
        stage = 'firstByte';
        stageEndsAtMs = Math.min(monotonicMs() + exchange.firstByteMs, endsAtMs);
      };
      if (clientRequest.reusedSocket) onConnected();
      else assigned.once('encrypted' in assigned ? 'secureConnect' : 'connect', onConnected);
    });
    clientRequest.on('response', (response) => {
      stage = 'body';
      stageEndsAtMs = endsAtMs;
      readBody(response, { maxBytes: exchange.maxResponseBytes, fail }, (body) => {
        if (!settle()) return;
        if (socket !== undefined) noteUse(socket);
        resolve({ status: response.statusCode ?? 0, headers: joinHeaders(response.rawHeaders), body });
      });
    });
    clientRequest.end(request.body.byteLength === 0 ? undefined : request.body);
  });
}

/** Names and values in turn, which Node writes as they are: they have been checked. */
function toRawHeaders(host: string, headers: OutgoingRequest['headers']): string[] {
  const raw = ['host', host];
  for (const name in headers) raw.push(name, headers[name] ?? '');
  return raw;
}

function timeoutError(host: string, stage: Stage): TransportError {
  const waited = { connect: 'to connect', firstByte: 'for the first byte', body: 'for the whole answer' };
  return new TransportError('CLIENTS_TIMEOUT', `the time ran out waiting for ${host} ${waited[stage]}`, {
    sent: stage !== 'connect',
    retryable: true,
  });
}

interface BodyEnds {
  readonly maxBytes: number;
  readonly fail: (error: unknown) => void;
}

function readBody(
  response: IncomingMessage,
  { maxBytes, fail }: BodyEnds,
  done: (body: Uint8Array) => void,
): void {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const tooLarge = (): void =>
    fail(
      new TransportError('CLIENTS_RESPONSE_TOO_LARGE', `the answer is larger than ${maxBytes} bytes`, {
        sent: true,
      }),
    );
  if (Number(response.headers['content-length']) > maxBytes) {
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
    done(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  });
  // An answer that ends before its length, or before its last chunk, is an error event ("aborted").
  response.on('error', fail);
}

/** Repeated names joined by `, ` (RFC 9110 5.3), but `set-cookie`, whose values have commas of their own. */
function joinHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    const value = raw[index + 1] ?? '';
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
    if (before === undefined) define(headers, name, value);
    else headers[name] = `${before}${name === 'set-cookie' ? '\n' : ', '}${value}`;
  }
  return headers;
}

/** A header called `__proto__` is a header like any other. */
function define(headers: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__') Object.defineProperty(headers, name, { value, enumerable: true });
  else headers[name] = value;
}
