const EMPTY = Buffer.alloc(0);

/** Gathers a body's pieces up to a limit; beyond it, forgets them and goes on counting. */
export class BodyCollector {
  readonly #limitBytes: number;
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get tooLarge(): boolean {
    return this.#bytes > this.#limitBytes;
  }

  add(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.tooLarge) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  /** The whole body, or nothing when it was too large. */
  take(): Buffer {
    const [first, second] = this.#pieces;
    if (first === undefined) return EMPTY;
    return second === undefined ? first : Buffer.concat(this.#pieces);
  }
}
