import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How it meets each request. */
export type Weather = (response: ServerResponse) => void;

/** DynamoDB's answers, and what a network does in its place. */
export const weathers = {
  /** Every item is absent, every write succeeds. */
  calm: (response) => response.end('{}'),
  throttling: (response) => refuse(response, 400, 'ThrottlingException'),
  failing: (response) => refuse(response, 500, 'InternalServerError'),
  unavailable: (response) => response.writeHead(503, { 'retry-after': '1' }).end(),
  resetting: (response) => response.socket?.resetAndDestroy(),
  silent: () => undefined,
  cutting: (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"Item":');
    setTimeout(() => response.destroy(), 5);
  },
} satisfies Readonly<Record<string, Weather>>;

function refuse(response: ServerResponse, status: number, type: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no' }));
}

/** A service on a free port of the loopback whose weather can change. */
export interface StormingService {
  readonly url: string;
  weather: Weather;
  /** Requests, and connections, since the start. */
  readonly requests: number;
  readonly connections: number;
  stop(): Promise<void>;
}

export async function startStormingService(): Promise<StormingService> {
  let requests = 0;
  let connections = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      requests += 1;
      service.weather(response);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => (connections += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const service: StormingService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weather: weathers.calm,
    get requests() {
      return requests;
    },
    get connections() {
      return connections;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return service;
}
