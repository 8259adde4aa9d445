import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LocalError } from '../../errors.ts';
import type { GatewayServer } from '../gateway-dependencies.ts';
import { type IncomingRequest, NO_BODY, type OutgoingResponse, textBody } from './exchange.ts';
import { headerBytes, toHeaderLines } from './header-lines.ts';
import { readBody } from './read-body.ts';
import { parseRequestTarget } from './request-target.ts';
import { writeResponse } from './write-response.ts';

/** API Gateway's limit of the request line and all header lines together. */
const MAX_HEADER_BYTES = 10_240;
/** What node:http parses at all; between the two limits the gateway itself answers. */
const MAX_PARSED_HEADER_BYTES = 65_536;
/** AWS keeps idle connections for longer than node:http's 5 s. */
const KEEP_ALIVE_MS = 65_000;

export interface HttpFrontOptions {
  readonly maxBodyBytes: number;
  /** Makes the response. Must not reject: a rejection is a defect of the host, answered by a bland 500. */
  readonly answer: (request: IncomingRequest) => Promise<OutgoingResponse>;
}

/**
 * The HTTP side of every gateway: reads requests whole, writes responses, and answers by itself only what is not HTTP.
 * No byte stream ends it.
 */
export function createHttpFront(options: HttpFrontOptions): GatewayServer {
  const server = createServer(
    { maxHeaderSize: MAX_PARSED_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (message, response) => void serve({ message, response, options }),
  );
  server.on('clientError', refuseBytes);
  server.on('connect', (_message: IncomingMessage, socket: Socket) =>
    refuseBytes({ code: 'CONNECT' }, socket),
  );
  return { listen: (port) => listen(server, port), close: () => close(server) };
}

interface Served {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: HttpFrontOptions;
}

async function serve({ message, response, options }: Served): Promise<void> {
  try {
    const request = await readRequest(message, options.maxBodyBytes);
    if (request?.excess === 'body') response.shouldKeepAlive = false;
    writeResponse(request === undefined ? badRequest() : await options.answer(request), response);
  } catch {
    // Either the client is gone (then nothing can be sent) or the answer itself failed.
    if (response.headersSent || response.destroyed) response.destroy();
    else writeResponse(defect(), response);
  }
}

/** @returns undefined when the request line names nothing that can be served. */
async function readRequest(
  message: IncomingMessage,
  maxBodyBytes: number,
): Promise<IncomingRequest | undefined> {
  const target = parseRequestTarget(message.url ?? '');
  const headers = toHeaderLines(message.rawHeaders);
  const method = message.method ?? '';
  const lineBytes = method.length + (message.url ?? '').length + 12;
  const body = await readBody(message, maxBodyBytes);
  if (target === undefined) return undefined;
  const excess =
    lineBytes + headerBytes(headers) > MAX_HEADER_BYTES
      ? 'headers'
      : body === 'too-large'
        ? 'body'
        : undefined;
  return {
    method,
    path: target.path,
    rawQuery: target.rawQuery,
    headers,
    body: body === 'too-large' ? NO_BODY : body,
    sourceIp: (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    protocol: `HTTP/${message.httpVersion}`,
    ...(excess === undefined ? {} : { excess }),
  };
}

const STATUS_OF_BROKEN_BYTES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Bytes that are no HTTP request: one line of an answer, then the end of the connection. */
function refuseBytes(
  error: { readonly code?: string },
  socket: Pick<Socket, 'writable' | 'end' | 'destroy' | 'on'>,
): void {
  socket.on('error', () => socket.destroy());
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_BROKEN_BYTES[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

function badRequest(): OutgoingResponse {
  return {
    status: 400,
    headers: [['Content-Type', 'application/json']],
    body: textBody('{"message":"Bad Request"}'),
  };
}

function defect(): OutgoingResponse {
  return {
    status: 500,
    headers: [['Content-Type', 'application/json']],
    body: textBody('{"message":"Internal Server Error"}'),
  };
}

function listen(server: Server, port: number): Promise<{ readonly port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new LocalError('PORT_IN_USE', `Port ${port} is in use.`, {
              cause,
              hint: 'Take another with --port-base.',
            })
          : cause,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port }));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
