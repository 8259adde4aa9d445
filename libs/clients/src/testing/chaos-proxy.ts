import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What the proxy does to the connections it accepts. */
export type Fault =
  /** Passes everything on. */
  | { readonly kind: 'none' }
  /** Passes everything on, each chunk of the answer later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Resets the connection when it is accepted. */
  | { readonly kind: 'resetOnConnect' }
  /** Resets the connection when a request comes. */
  | { readonly kind: 'resetOnRequest' }
  /** Takes requests and never answers; the connection stays open. */
  | { readonly kind: 'halfOpen' }
  /** Ends the connection after so many bytes of the answer. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Passes the answer on in small pieces, with pauses. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** Answers every request with these bytes. */
  | { readonly kind: 'answer'; readonly text: string };

/** A proxy that breaks connections as networks do. */
export interface ChaosProxy {
  readonly port: number;
  /** What happens from now on, to open connections too. */
  fault: Fault;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Connections open now. */
  readonly open: number;
  /** Resets every open connection. */
  resetAll(): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of `host` (default 127.0.0.1) before the server on `targetPort`. */
export async function startChaosProxy(
  targetPort: number,
  at: { readonly host?: string; readonly port?: number } = {},
): Promise<ChaosProxy> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let accepted = 0;
  let fault: Fault = { kind: 'none' };

  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    // A broken connection is what the proxy is for.
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };

  const server = createServer((client) => {
    accepted++;
    track(client);
    if (fault.kind === 'resetOnConnect') {
      client.resetAndDestroy();
      return;
    }
    const upstream = track(connect(targetPort, '127.0.0.1'));
    let passed = 0;
    client.on('data', (chunk) => {
      if (fault.kind === 'resetOnRequest') client.resetAndDestroy();
      else if (fault.kind === 'answer') client.write(fault.text);
      else if (fault.kind !== 'halfOpen') upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      switch (fault.kind) {
        case 'delay':
          later(fault.delayMs, () => client.write(chunk));
          break;
        case 'truncate': {
          const left = Math.max(0, fault.bytes - passed);
          passed += chunk.byteLength;
          client.write(chunk.subarray(0, left));
          if (passed >= fault.bytes) client.end();
          break;
        }
        case 'drip':
          drip(client, chunk, fault);
          break;
        case 'halfOpen':
          break;
        default:
          client.write(chunk);
      }
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });

  function drip(
    client: Socket,
    chunk: Buffer,
    pace: { readonly bytes: number; readonly everyMs: number },
  ): void {
    client.write(chunk.subarray(0, pace.bytes));
    const rest = chunk.subarray(pace.bytes);
    if (rest.byteLength > 0 && !client.destroyed) later(pace.everyMs, () => drip(client, rest, pace));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at.port ?? 0, at.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get fault() {
      return fault;
    },
    set fault(next) {
      fault = next;
    },
    get accepted() {
      return accepted;
    },
    get open() {
      return server.listening
        ? [...sockets].filter((socket) => socket.localPort === (server.address() as AddressInfo).port).length
        : 0;
    },
    resetAll() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
