/** Before a mark: no text that a function prints on purpose starts with it. */
export const MARK_PREFIX = '\u0000gatehouse-request ';

/**
 * Says on stdout and stderr which invocation the lines that follow belong to. A mark is written before an invocation's
 * first output alone, so that a function that prints nothing pays nothing.
 */
export class OutputMarks {
  #requestId = '';

  constructor(streams: readonly NodeJS.WriteStream[]) {
    for (const stream of streams) this.#mark(stream);
  }

  /** From now on the output belongs to this invocation. */
  begin(requestId: string): void {
    this.#requestId = requestId;
  }

  #mark(stream: NodeJS.WriteStream): void {
    const write = stream.write.bind(stream) as (...parameters: unknown[]) => boolean;
    let marked = '';
    stream.write = (...parameters: unknown[]): boolean => {
      if (marked !== this.#requestId) {
        marked = this.#requestId;
        write(`${MARK_PREFIX}${marked}\n`);
      }
      return write(...parameters);
    };
  }
}
