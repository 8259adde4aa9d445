import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one call. */
export type Fault =
  /** Passed on and answered. */
  | { readonly kind: 'none' }
  /** Carried out, but the answer is lost: the connection breaks. */
  | { readonly kind: 'answer-lost' }
  /** Not carried out; the connection breaks. */
  | { readonly kind: 'request-lost' }
  /** Not carried out and never answered; the connection stays open. */
  | { readonly kind: 'unanswered' }
  /** Answered by the proxy alone, as DynamoDB answers when it throttles or fails. */
  | { readonly kind: 'refused'; readonly status: number; readonly type: string };

export interface FaultProxy {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Asked for every call, with its operation (`GetItem`), in turn from 0. */
  decide: (operation: string, index: number) => Fault;
  /** Operations since the last reset. */
  readonly calls: string[];
  /** Unanswered operations that the client gave up: it closed the connection. */
  readonly abandoned: string[];
  close(): Promise<void>;
}

/** Stands between a client and the engine, and breaks what it is told to break. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: () => ({ kind: 'none' }),
    calls: [],
    abandoned: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const fault = proxy.decide(operation, proxy.calls.length);
    proxy.calls.push(operation);
    const body = await readAll(incoming);
    switch (fault.kind) {
      case 'request-lost':
        outgoing.destroy();
        return;
      case 'unanswered':
        outgoing.once('close', () => proxy.abandoned.push(operation));
        return;
      case 'refused':
        outgoing.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' });
        outgoing.end(
          JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fault.type}`, message: 'no' }),
        );
        return;
      default: {
        const answer = await forward(target, incoming, body);
        if (fault.kind === 'answer-lost') {
          outgoing.destroy();
        } else {
          outgoing.writeHead(answer.status, answer.headers);
          outgoing.end(answer.body);
        }
      }
    }
  }

  return proxy;
}

async function forward(target: string, { headers, url }: IncomingMessage, body: Buffer) {
  const outgoing = request(new URL(url ?? '/', target), { method: 'POST', headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await readAll(answer) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
