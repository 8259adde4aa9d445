import type { Socket } from 'node:net';

/** One invocation as a runtime gets it from `next`. */
export interface RuntimeInvocation {
  readonly requestId: string;
  /** Epoch milliseconds at which the function's time is over. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceHeader: string;
  /** The event as JSON text. */
  readonly payload: string;
}

type Refusal = 'invalid-request-id' | 'invalid-state' | 'too-large' | 'not-found' | 'malformed';

const ACCEPTED = encode('202 Accepted', { status: 'OK' });

const REFUSALS: Readonly<Record<Refusal, string>> = {
  'invalid-request-id': encode('400 Bad Request', {
    errorType: 'InvalidRequestID',
    errorMessage: 'Invalid request ID',
  }),
  'invalid-state': encode('403 Forbidden', {
    errorType: 'InvalidStateTransition',
    errorMessage: 'State transition is not allowed',
  }),
  'too-large': encode('413 Payload Too Large', {
    errorType: 'RequestEntityTooLarge',
    errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).',
  }),
  'not-found': encode('404 Not Found', { errorType: 'NotFound', errorMessage: 'No such operation' }),
  malformed: encode('400 Bad Request', { errorType: 'MalformedRequest', errorMessage: 'Not HTTP/1.1' }),
};

/** 202, for a result that was taken. */
export function accept(socket: Socket): void {
  socket.write(ACCEPTED, 'latin1');
}

/** A 4xx with the error types that Lambda documents. */
export function refuse(socket: Socket, refusal: Refusal): void {
  socket.write(REFUSALS[refusal], 'latin1');
}

/** 200 with the event; head and event leave in one write. */
export function sendInvocation(socket: Socket, invocation: RuntimeInvocation): void {
  const head =
    'HTTP/1.1 200 OK\r\n' +
    'Content-Type: application/json\r\n' +
    `Content-Length: ${Buffer.byteLength(invocation.payload)}\r\n` +
    `Lambda-Runtime-Aws-Request-Id: ${invocation.requestId}\r\n` +
    `Lambda-Runtime-Deadline-Ms: ${invocation.deadlineMs}\r\n` +
    `Lambda-Runtime-Invoked-Function-Arn: ${invocation.functionArn}\r\n` +
    `Lambda-Runtime-Trace-Id: ${invocation.traceHeader}\r\n\r\n`;
  socket.write(head + invocation.payload, 'utf8');
}

function encode(status: string, body: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(body);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
}
