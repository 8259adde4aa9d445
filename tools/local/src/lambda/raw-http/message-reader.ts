import { BodyCollector } from './body-collector.ts';
import { HttpMessageError, type HttpMessage } from './http-message.ts';
import { addField, parseMessageHead, type MessageHead } from './message-head.ts';

export interface MessageReaderOptions {
  /** By the message's fields. A longer body is read and dropped, and the message says so. */
  readonly maxBodyBytes: (headers: ReadonlyMap<string, string>) => number;
  /** Start line and fields together. Default 2 MiB: a runtime may send an X-Ray cause of 1 MB as a header. */
  readonly maxHeadBytes?: number;
}

const DEFAULT_MAX_HEAD_BYTES = 2 * 1024 * 1024;
const HEAD_END = '\r\n\r\n';
const LINE_END = '\r\n';
const MAX_CHUNK_LINE_BYTES = 4096;
const CHUNK_SIZE = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?$/;

type State =
  | { readonly at: 'head' }
  | { readonly at: 'body'; left: number }
  | { readonly at: 'chunk-size' | 'chunk-end' | 'trailers' }
  | { readonly at: 'chunk'; left: number };

/**
 * Reads HTTP/1.1 messages from a byte stream, in whatever pieces it comes; pipelined messages come out one by one.
 * Written by hand because node:http's client and server cost several times what the rest of an invocation does.
 */
export class MessageReader {
  readonly #maxBodyBytes: MessageReaderOptions['maxBodyBytes'];
  readonly #maxHeadBytes: number;
  readonly #onMessage: (message: HttpMessage) => void;
  #pending: Buffer | undefined;
  #state: State = { at: 'head' };
  #head: MessageHead | undefined;
  #body = new BodyCollector(0);

  constructor(options: MessageReaderOptions, onMessage: (message: HttpMessage) => void) {
    this.#maxBodyBytes = options.maxBodyBytes;
    this.#maxHeadBytes = options.maxHeadBytes ?? DEFAULT_MAX_HEAD_BYTES;
    this.#onMessage = onMessage;
  }

  /**
   * Takes the next piece and hands over every message that it completes, before it returns.
   *
   * @throws {HttpMessageError} when the stream is no HTTP/1.1; the reader is of no use afterwards.
   */
  push(piece: Buffer): void {
    let rest = this.#pending === undefined ? piece : Buffer.concat([this.#pending, piece]);
    this.#pending = undefined;
    for (;;) {
      const used = this.#step(rest);
      if (used === undefined) break;
      rest = rest.subarray(used);
    }
    if (rest.length > 0) this.#pending = rest;
  }

  /** Takes as much of the bytes as the state asks for: their count, or undefined when more are needed. */
  #step(bytes: Buffer): number | undefined {
    const state = this.#state;
    switch (state.at) {
      case 'head':
        return this.#readHead(bytes);
      case 'body':
        return this.#readBody(state, bytes);
      case 'chunk-size':
        return this.#readChunkSize(bytes);
      case 'chunk':
        return this.#readChunk(state, bytes);
      case 'chunk-end':
        return this.#readChunkEnd(bytes);
      case 'trailers':
        return this.#readTrailer(bytes);
    }
  }

  #readHead(bytes: Buffer): number | undefined {
    if (bytes.length === 0) return undefined;
    const end = bytes.indexOf(HEAD_END);
    if ((end === -1 ? bytes.length : end) > this.#maxHeadBytes)
      throw new HttpMessageError('The head is too long');
    if (end === -1) return undefined;
    this.#head = parseMessageHead(bytes.toString('latin1', 0, end));
    this.#body = new BodyCollector(this.#maxBodyBytes(this.#head.headers));
    const { framing } = this.#head;
    if (framing.kind === 'chunked') this.#state = { at: 'chunk-size' };
    else if (framing.bytes > 0) this.#state = { at: 'body', left: framing.bytes };
    else this.#finish();
    return end + HEAD_END.length;
  }

  #readBody(state: { left: number }, bytes: Buffer): number | undefined {
    const used = this.#take(state, bytes);
    if (state.left === 0) this.#finish();
    return used;
  }

  #readChunk(state: { left: number }, bytes: Buffer): number | undefined {
    const used = this.#take(state, bytes);
    if (state.left === 0) this.#state = { at: 'chunk-end' };
    return used;
  }

  #take(state: { left: number }, bytes: Buffer): number | undefined {
    if (bytes.length === 0) return undefined;
    const used = Math.min(state.left, bytes.length);
    this.#body.add(bytes.subarray(0, used));
    state.left -= used;
    return used;
  }

  #readChunkSize(bytes: Buffer): number | undefined {
    const line = lineOf(bytes, MAX_CHUNK_LINE_BYTES);
    if (line === undefined) return undefined;
    const size = CHUNK_SIZE.exec(line)?.[1];
    if (size === undefined) throw new HttpMessageError('A chunk has no valid size');
    const left = parseInt(size, 16);
    this.#state = left === 0 ? { at: 'trailers' } : { at: 'chunk', left };
    return line.length + LINE_END.length;
  }

  #readChunkEnd(bytes: Buffer): number | undefined {
    if (bytes.length < LINE_END.length) return undefined;
    if (lineOf(bytes, 0) !== '') throw new HttpMessageError('A chunk is longer than its size');
    this.#state = { at: 'chunk-size' };
    return LINE_END.length;
  }

  #readTrailer(bytes: Buffer): number | undefined {
    const line = lineOf(bytes, this.#maxHeadBytes);
    if (line === undefined) return undefined;
    if (line === '') this.#finish();
    else if (this.#head !== undefined) addField(this.#head.headers, line);
    return line.length + LINE_END.length;
  }

  #finish(): void {
    const head = this.#head;
    if (head === undefined) throw new HttpMessageError('A body without a head');
    const body = this.#body;
    this.#head = undefined;
    this.#state = { at: 'head' };
    this.#onMessage({
      start: head.start,
      headers: head.headers,
      body: body.take(),
      bodyTooLarge: body.tooLarge,
    });
  }
}

/** The first line, without its end; undefined while it is not whole. */
function lineOf(bytes: Buffer, maxBytes: number): string | undefined {
  const end = bytes.indexOf(LINE_END);
  if ((end === -1 ? bytes.length - 1 : end) > maxBytes) throw new HttpMessageError('A line is too long');
  return end === -1 ? undefined : bytes.toString('latin1', 0, end);
}
