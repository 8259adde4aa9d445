import { StringDecoder } from 'node:string_decoder';
import { MARK_PREFIX } from '../bootstrap/output-marks.ts';

/** A longer line is cut here; CloudWatch's event limit is 1 MB, and nobody reads such a line. */
const MAX_LINE_CHARACTERS = 256 * 1024;

/** Takes one line, without its end, and the invocation it belongs to where the runtime has said so. */
export type LineListener = (text: string, requestId: string | undefined) => void;

/** Cuts one stream of a process into lines and takes the runtime's marks out of it. Holds one line at most. */
export class OutputLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: LineListener;
  #rest = '';
  #requestId: string | undefined;

  constructor(onLine: LineListener) {
    this.#onLine = onLine;
  }

  push(piece: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(piece)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
    while (this.#rest.length > MAX_LINE_CHARACTERS) {
      this.#take(this.#rest.slice(0, MAX_LINE_CHARACTERS));
      this.#rest = this.#rest.slice(MAX_LINE_CHARACTERS);
    }
  }

  /** The stream is over: what is left is a line. */
  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.#take(rest);
  }

  #take(line: string): void {
    const mark = line.lastIndexOf(MARK_PREFIX);
    if (mark === -1) {
      this.#emit(line);
      return;
    }
    // A mark may follow output that had no line end of its own.
    if (mark > 0) this.#emit(line.slice(0, mark));
    this.#requestId = line.slice(mark + MARK_PREFIX.length);
  }

  #emit(line: string): void {
    for (let at = 0; at < line.length || at === 0; at += MAX_LINE_CHARACTERS)
      this.#onLine(line.slice(at, at + MAX_LINE_CHARACTERS), this.#requestId);
  }
}
