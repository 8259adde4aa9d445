import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { testCertificate } from './test-certificate.ts';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Requests so far, in order. */
  readonly seen: SeenRequest[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** Closes the connections that are open, and keeps listening. */
  dropConnections(): void;
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** Starts a server on a free port of 127.0.0.1 that answers each request by `answer`, after its body has come. */
export async function startTestServer(
  answer: Answer = (response) => void response.end('ok'),
  options: { readonly tls?: boolean; readonly keepAliveTimeoutMs?: number } = {},
): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      const one = { method, url, headers, rawHeaders, body: Buffer.concat(chunks) };
      seen.push(one);
      answer(response, one);
    });
  };
  const server =
    options.tls === true ? https.createServer(testCertificate, listener) : http.createServer(listener);
  server.keepAliveTimeout = options.keepAliveTimeoutMs ?? 60_000;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: options.tls === true ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    seen,
    get connections() {
      return connections;
    },
    dropConnections() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
