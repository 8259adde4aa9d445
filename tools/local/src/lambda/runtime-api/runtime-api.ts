import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { errorDocument, errorDocumentOf, type ErrorDocument } from '../error-document.ts';
import { MAX_RESPONSE_BYTES, MAX_STREAMED_RESPONSE_BYTES } from '../limits.ts';
import type { HttpMessage } from '../raw-http/http-message.ts';
import { MessageReader } from '../raw-http/message-reader.ts';
import { accept, refuse, sendInvocation, type RuntimeInvocation } from './runtime-answer.ts';
import { runtimeRoute } from './runtime-route.ts';

/** How a runtime answered an invocation. */
export type RuntimeResult =
  | { readonly kind: 'response'; readonly payload: Buffer; readonly contentType: string | undefined }
  | { readonly kind: 'error'; readonly error: ErrorDocument };

/** What the environment is told. Each is called at most once for its cause, never within a call to the API. */
export interface RuntimeApiListener {
  /** The runtime asks for an invocation: the initialisation is over, or the last invocation is. */
  onReady(): void;
  /** The connection that asked is gone; the runtime may ask again on another. */
  onPollLost(): void;
  onResult(result: RuntimeResult): void;
  onInitError(error: ErrorDocument): void;
}

/**
 * The Runtime API of one execution environment: its own port on loopback, so that a runtime can reach no other
 * environment's invocations. Speaks to any client that keeps to the documented API.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #listener: RuntimeApiListener;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** The connection whose `next` is unanswered. */
  #poll: Socket | undefined;
  /** The invocation that the runtime has and has not answered. */
  #current: string | undefined;
  #initialised = false;

  private constructor(listener: RuntimeApiListener) {
    this.#listener = listener;
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  }

  /** Opens a free port on 127.0.0.1. */
  static async listen(listener: RuntimeApiListener): Promise<RuntimeApi> {
    const api = new RuntimeApi(listener);
    await new Promise<void>((resolve, reject) => {
      api.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Whether a runtime waits for an invocation. */
  get polled(): boolean {
    return this.#poll !== undefined;
  }

  /** Answers the waiting `next`. Call it only when `polled`. */
  deliver(invocation: RuntimeInvocation): void {
    const socket = this.#poll;
    if (socket === undefined) throw new TypeError('No runtime waits for an invocation');
    this.#poll = undefined;
    this.#current = invocation.requestId;
    sendInvocation(socket, invocation);
  }

  /** Ends the port and every connection. */
  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    const reader = new MessageReader({ maxBodyBytes: responseLimit }, (message) =>
      this.#answer(socket, message),
    );
    socket.on('data', (piece) => {
      try {
        reader.push(piece);
      } catch {
        refuse(socket, 'malformed');
        socket.destroySoon();
      }
    });
    // A reset is a closed connection, and 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#poll !== socket) return;
      this.#poll = undefined;
      this.#listener.onPollLost();
    });
  }

  #answer(socket: Socket, message: HttpMessage): void {
    // A request behind an unanswered `next` could only be answered out of order (RFC 9112 9.3.2).
    if (this.#poll === socket) return void socket.destroy();
    const route = runtimeRoute(message.start[0], message.start[1]);
    switch (route.kind) {
      case 'next': {
        this.#next(socket);
        return;
      }
      case 'response':
      case 'error': {
        this.#result(socket, message, route);
        return;
      }
      case 'init-error': {
        this.#initError(socket, message);
        return;
      }
      case 'unknown': {
        refuse(socket, 'not-found');
        return;
      }
    }
  }

  #next(socket: Socket): void {
    if (this.#current !== undefined || this.#poll !== undefined) {
      refuse(socket, 'invalid-state');
      return;
    }
    this.#initialised = true;
    this.#poll = socket;
    this.#listener.onReady();
  }

  #result(
    socket: Socket,
    message: HttpMessage,
    route: { kind: 'response' | 'error'; requestId: string },
  ): void {
    if (this.#current === undefined) {
      refuse(socket, 'invalid-state');
      return;
    }
    if (this.#current !== route.requestId) {
      refuse(socket, 'invalid-request-id');
      return;
    }
    this.#current = undefined;
    if (message.bodyTooLarge) refuse(socket, 'too-large');
    else accept(socket);
    this.#listener.onResult(route.kind === 'error' ? errorResult(message) : responseResult(message));
  }

  #initError(socket: Socket, message: HttpMessage): void {
    if (this.#initialised) {
      refuse(socket, 'invalid-state');
      return;
    }
    this.#initialised = true;
    accept(socket);
    this.#listener.onInitError(errorDocumentOf(message.body, message.headers.get(ERROR_TYPE)));
  }
}

const ERROR_TYPE = 'lambda-runtime-function-error-type';
const ERROR_BODY = 'lambda-runtime-function-error-body';
const RESPONSE_MODE = 'lambda-runtime-function-response-mode';

function responseLimit(headers: ReadonlyMap<string, string>): number {
  return headers.get(RESPONSE_MODE) === 'streaming' ? MAX_STREAMED_RESPONSE_BYTES : MAX_RESPONSE_BYTES;
}

function errorResult({ body, headers }: HttpMessage): RuntimeResult {
  return { kind: 'error', error: errorDocumentOf(body, headers.get(ERROR_TYPE)) };
}

function responseResult({ body, headers, bodyTooLarge }: HttpMessage): RuntimeResult {
  if (bodyTooLarge) {
    const text = `Response payload size exceeded maximum allowed payload size (${responseLimit(headers)} bytes).`;
    return { kind: 'error', error: errorDocument('Function.ResponseSizeTooLarge', text) };
  }
  const lateError = headers.get(ERROR_TYPE);
  // A stream that failed on its way says so in trailers, its document in base64.
  if (lateError !== undefined) {
    const document = Buffer.from(headers.get(ERROR_BODY) ?? '', 'base64');
    return { kind: 'error', error: errorDocumentOf(document, lateError) };
  }
  return { kind: 'response', payload: body, contentType: headers.get('content-type') };
}
