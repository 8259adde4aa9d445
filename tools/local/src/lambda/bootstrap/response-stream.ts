import { Writable } from 'node:stream';
import type { LambdaHandler } from './load-handler.ts';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';
/** Between the prelude and the body. */
const SEPARATOR = Buffer.alloc(8);

/** Gathers what a streaming handler writes; the whole leaves as one response. */
export class ResponseStream extends Writable {
  contentType = 'application/octet-stream';
  readonly #pieces: Buffer[] = [];

  override _write(piece: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.#pieces.push(typeof piece === 'string' ? Buffer.from(piece, encoding) : piece);
    done();
  }

  setContentType(contentType: string): void {
    this.contentType = contentType;
  }

  /** Puts bytes before everything that is written later. */
  prepend(bytes: Buffer): void {
    this.#pieces.unshift(bytes);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

/** Whether the handler was made by `awslambda.streamifyResponse`. */
export function isStreaming(handler: LambdaHandler): boolean {
  return (handler as unknown as Record<symbol, unknown>)[STREAMING] === 'response';
}

/**
 * Defines the global `awslambda`, through which a function makes its handler a streaming one and gives its stream an
 * HTTP status and headers.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export function defineAwsLambdaGlobal(): void {
  const awslambda = {
    streamifyResponse: (handler: LambdaHandler) => Object.assign(handler, { [STREAMING]: 'response' }),
    HttpResponseStream: {
      from(stream: ResponseStream, metadata: unknown): ResponseStream {
        stream.setContentType(HTTP_INTEGRATION);
        stream.prepend(Buffer.concat([Buffer.from(JSON.stringify(metadata)), SEPARATOR]));
        return stream;
      },
    },
  };
  Object.defineProperty(globalThis, 'awslambda', { value: awslambda, configurable: true, writable: true });
}
