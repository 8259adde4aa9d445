import { assertStream } from './assert-stream.ts';
import { endIterator } from './end-iterator.ts';

type Chunks = AsyncIterable<string | Uint8Array>;
type Chunk = IteratorResult<string | Uint8Array, unknown>;

/**
 * A handler's stream, of which one chunk may be read before somebody reads the whole, and which can be ended by somebody who does not
 * read it. To be read once. Throws HttpError HTTP_RESULT_INVALID for what is no stream.
 */
export class StreamSource implements Chunks {
  readonly #stream: Chunks;
  readonly #iterator: AsyncIterator<string | Uint8Array, unknown>;
  #pulled: Chunk | undefined;
  #isEnded = false;

  constructor(stream: unknown) {
    assertStream(stream);
    this.#stream = stream;
    this.#iterator = stream[Symbol.asyncIterator]();
  }

  /** Waits for the first chunk, and keeps it for the reader. Rejects with what the source failed with. */
  async pull(): Promise<void> {
    this.#pulled = await this.#iterator.next();
  }

  [Symbol.asyncIterator](): AsyncIterator<string | Uint8Array, unknown> {
    return {
      next: () => {
        const pulled = this.#pulled;
        this.#pulled = undefined;
        return pulled === undefined ? this.#iterator.next() : Promise.resolve(pulled);
      },
      return: (value) => {
        this.end();
        return Promise.resolve({ done: true, value });
      },
    };
  }

  /**
   * Has the source clean up, once, without waiting for it: only the request's signal wakes a generator that awaits something. A Node.js
   * stream is destroyed, since its iterator does not do so before it was read.
   */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const { destroy } = this.#stream as { destroy?: unknown };
    if (typeof destroy === 'function') destroy.call(this.#stream);
    endIterator(this.#iterator);
  }
}
