import { connect } from 'node:net';

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** Lines in order; a list repeats the name. Host and Connection are added unless given. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** Asks for a connection that stays open, and closes it once the response is whole. */
  readonly keepAlive?: boolean;
}

export interface RawResponse {
  readonly status: number;
  /** Name (as it was sent) and value, in order. */
  readonly headerLines: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Every value of a header, whatever its casing. */
  header(name: string): readonly string[];
  text(): string;
  json(): unknown;
}

/** Sends one request over a socket of its own and reads the response byte by byte: nothing is normalised on the way. */
export async function sendRequest(port: number, request: RawRequest): Promise<RawResponse> {
  const { method = 'GET', path, headers = {}, body, keepAlive = false } = request;
  const lines: string[] = [`${method} ${path} HTTP/1.1`];
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  if (!given.has('host')) lines.push(`Host: 127.0.0.1:${port}`);
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : value) lines.push(`${name}: ${one}`);
  }
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  if (bytes !== undefined && !given.has('content-length') && !given.has('transfer-encoding')) {
    lines.push(`Content-Length: ${bytes.byteLength}`);
  }
  if (!given.has('connection')) lines.push(`Connection: ${keepAlive ? 'keep-alive' : 'close'}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const noChunks = given.has('transfer-encoding') ? Buffer.from('0\r\n\r\n') : Buffer.alloc(0);
  return parseResponse(await sendBytes(port, Buffer.concat([head, bytes ?? noChunks]), keepAlive));
}

/**
 * Writes bytes, waits for the other side to end, and gives what it sent.
 *
 * @param untilWhole ends the connection itself as soon as a response with a Content-Length is whole.
 */
export function sendBytes(port: number, bytes: Uint8Array, untilWhole = false): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      if (untilWhole && isWhole(Buffer.concat(received))) socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? resolve(Buffer.concat(received))
        : reject(error),
    );
    socket.on('close', () => resolve(Buffer.concat(received)));
  });
}

function isWhole(bytes: Buffer): boolean {
  if (!bytes.includes('\r\n\r\n')) return false;
  const response = parseResponse(bytes);
  return response.body.byteLength === Number(response.header('content-length')[0] ?? 0);
}

/** Interim responses (100) before the final one are skipped. */
export function parseResponse(all: Buffer): RawResponse {
  let bytes = all;
  while (bytes.subarray(0, 12).toString('latin1') === 'HTTP/1.1 100') {
    bytes = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
  }
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headerLines = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const body = bytes.subarray(end + 4);
  return {
    status: Number(statusLine.split(' ')[1]),
    headerLines,
    body,
    header: (name) =>
      headerLines.filter(([line]) => line.toLowerCase() === name.toLowerCase()).map(([, value]) => value),
    text: () => body.toString('utf8'),
    json: () => JSON.parse(body.toString('utf8')) as unknown,
  };
}
