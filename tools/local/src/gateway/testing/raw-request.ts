import { connect } from 'node:net';

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** Lines in order; a list repeats the name. Host and Connection are added unless given. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
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
  const { method = 'GET', path, headers = {}, body } = request;
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
  if (!given.has('connection')) lines.push('Connection: close');
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return parseResponse(await sendBytes(port, bytes === undefined ? head : Buffer.concat([head, bytes])));
}

/** Writes bytes, waits for the other side to end, and gives what it sent. */
export function sendBytes(port: number, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? resolve(Buffer.concat(received))
        : reject(error),
    );
    socket.on('close', () => resolve(Buffer.concat(received)));
  });
}

export function parseResponse(bytes: Buffer): RawResponse {
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
