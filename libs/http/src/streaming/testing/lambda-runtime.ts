import { Writable } from 'node:stream';
import type { InvocationContext } from '../../handler/options.ts';
import type { StreamingHandler, StreamingRuntime, StreamMetadata } from '../streaming-runtime.ts';

/** How Lambda's runtime client got on with one invocation. */
export interface Invocation {
  /**
   * `complete`: the response ended as a response does. `failed`: the handler rejected, so that the response ended with the error in
   * its trailers and the next invocation is served. `exit 128`: the execution environment is gone.
   */
  readonly outcome: 'complete' | 'failed' | 'exit 128';
  /** `undefined` where nothing was written. */
  readonly metadata: StreamMetadata | undefined;
  readonly body: string;
  /** What a failed response says of its error; whoever reads the response may see it. */
  readonly trailer: string | undefined;
}

const SEPARATOR = Buffer.alloc(8);

/**
 * The response stream of AWS's own runtime client for Node.js, as aws-lambda-ric 3.3.0 was observed to behave; that package builds
 * native code, so this stands in for it. The stream is the request to the runtime API. When it is destroyed, promises reject that
 * nobody handles, and the client answers an unhandled rejection by ending the environment. A chunk that is neither text nor bytes
 * goes out as JSON.
 */
export class LambdaResponseStream extends Writable {
  metadata: StreamMetadata | undefined;
  readonly broken: Promise<void>;
  readonly written: Buffer[] = [];
  #break: () => void = () => undefined;

  constructor(highWaterMark: number) {
    super({ highWaterMark });
    this.broken = new Promise((resolve) => (this.#break = resolve));
    this.on('error', () => undefined);
  }

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    const isRaw = typeof chunk === 'string' || (chunk as Uint8Array).constructor === Uint8Array;
    const sent = isRaw || Buffer.isBuffer(chunk) ? chunk : JSON.stringify(chunk);
    return (super.write as (...values: unknown[]) => boolean).call(this, sent, ...rest);
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.written.length === 0) {
      this.written.push(Buffer.from(JSON.stringify(this.metadata)), SEPARATOR);
    }
    this.written.push(chunk);
    setImmediate(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.writableFinished) this.#break();
    done(error);
  }
}

/** `awslambda` over `LambdaResponseStream`. */
export const lambdaRuntime: StreamingRuntime = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from(stream, metadata) {
      if (stream instanceof LambdaResponseStream) stream.metadata = metadata;
      return stream;
    },
  },
};

/** One invocation, as the runtime client makes it. */
export async function invokeStreaming(
  handler: unknown,
  event: unknown,
  { context, stream = new LambdaResponseStream(16 * 1024) }: InvokeOptions = {},
): Promise<Invocation> {
  let trailer: string | undefined;
  const finished = new Promise((resolve) => stream.once('finish', resolve));
  const served = async (): Promise<Invocation['outcome']> => {
    try {
      await (handler as StreamingHandler)(event, stream, context);
      await finished;
      return 'complete';
    } catch (error) {
      const { name, message, stack = '' } = error as Error;
      trailer = JSON.stringify({ errorType: name, errorMessage: message, trace: stack.split('\n') });
      stream.end();
      await finished;
      return 'failed';
    }
  };
  const outcome = await Promise.race([served(), stream.broken.then(() => 'exit 128' as const)]);
  const sent = Buffer.concat(stream.written);
  const end = sent.indexOf(SEPARATOR);
  return {
    outcome,
    metadata: end === -1 ? undefined : (JSON.parse(sent.subarray(0, end).toString()) as StreamMetadata),
    body: sent.subarray(end + SEPARATOR.length).toString(),
    trailer,
  };
}

export interface InvokeOptions {
  readonly context?: InvocationContext | undefined;
  /** Default one with a buffer of 16 KiB. */
  readonly stream?: LambdaResponseStream;
}
