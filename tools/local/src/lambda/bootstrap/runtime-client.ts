import { connect, type Socket } from 'node:net';
import type { HttpMessage } from '../raw-http/http-message.ts';
import { MessageReader } from '../raw-http/message-reader.ts';

/** One invocation as `next` gives it. */
export interface Invocation {
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceHeader: string;
  readonly clientContext: string | undefined;
  /** The event as JSON text. */
  readonly payload: string;
}

/** What goes back for an invocation. */
export interface InvocationAnswer {
  readonly kind: 'response' | 'error';
  readonly body: string | Uint8Array;
  readonly contentType?: string;
}

const BASE = '/2018-06-01/runtime/';
const NEXT = `GET ${BASE}invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n`;

/**
 * A client of the Runtime API on one raw connection. An answer and the next poll leave in one write, which is what
 * node:http cannot do. The connection keeps the process alive only while a poll waits, so that a handler's empty event
 * loop shows.
 */
export class RuntimeClient {
  readonly #socket: Socket;
  #deliver: ((invocation: Invocation) => void) | undefined;
  #acknowledge: (() => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const reader = new MessageReader({ maxBodyBytes: () => Infinity }, (message) => this.#receive(message));
    this.#socket.on('data', (piece) => reader.push(piece));
    // The host is gone: nobody waits for an answer, and nothing may be left running.
    this.#socket.on('error', () => process.exit(1));
    this.#socket.on('close', () => process.exit(1));
    this.#socket.unref();
  }

  /** Waits for the first invocation; from here on the initialisation is over. */
  async next(): Promise<Invocation> {
    return this.#poll(() => this.#socket.write(NEXT));
  }

  /** Answers an invocation and waits for the next one. */
  async answerAndPoll(requestId: string, answer: InvocationAnswer): Promise<Invocation> {
    return this.#poll(() => this.#post(`invocation/${requestId}/${answer.kind}`, answer, NEXT));
  }

  /** Answers an invocation, after which the process is going to end; resolves when the host has the answer. */
  async answerLast(requestId: string, answer: InvocationAnswer): Promise<void> {
    await this.#send(`invocation/${requestId}/${answer.kind}`, answer);
  }

  /** Reports that the function cannot be initialised; resolves when the host has the report. */
  async initError(body: string): Promise<void> {
    await this.#send('init/error', { kind: 'error', body });
  }

  async #poll(write: () => void): Promise<Invocation> {
    return new Promise((resolve) => {
      this.#deliver = resolve;
      this.#socket.ref();
      write();
    });
  }

  async #send(operation: string, answer: InvocationAnswer): Promise<void> {
    return new Promise((resolve) => {
      this.#acknowledge = resolve;
      this.#socket.ref();
      this.#post(operation, answer, '');
    });
  }

  #post(
    operation: string,
    { body, contentType = 'application/json' }: InvocationAnswer,
    after: string,
  ): void {
    const head =
      `POST ${BASE}${operation} HTTP/1.1\r\nHost: runtime\r\n` +
      `Content-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    if (typeof body === 'string') {
      this.#socket.write(head + body + after, 'utf8');
    } else {
      this.#socket.write(head, 'latin1');
      this.#socket.write(body);
      this.#socket.write(after, 'latin1');
    }
  }

  #receive(message: HttpMessage): void {
    if (message.start[1] === '200') {
      const deliver = this.#deliver;
      this.#deliver = undefined;
      this.#socket.unref();
      deliver?.(toInvocation(message));
      return;
    }
    // 202, or a refusal of an answer that was too large: either way the host has dealt with it.
    this.#acknowledge?.();
    this.#acknowledge = undefined;
  }
}

function toInvocation({ headers, body }: HttpMessage): Invocation {
  return {
    requestId: headers.get('lambda-runtime-aws-request-id') ?? '',
    deadlineMs: Number(headers.get('lambda-runtime-deadline-ms')),
    functionArn: headers.get('lambda-runtime-invoked-function-arn') ?? '',
    traceHeader: headers.get('lambda-runtime-trace-id') ?? '',
    clientContext: headers.get('lambda-runtime-client-context'),
    payload: body.toString('utf8'),
  };
}
