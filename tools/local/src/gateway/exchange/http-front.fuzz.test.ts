import fc from 'fast-check';
import { restApi, httpApi, functionUrl } from '../testing/models.ts';
import { parseResponse, sendBytes } from '../testing/raw-request.ts';
import { closeGateways, startGateway, type StartedGateway } from '../testing/start-gateway.ts';

afterAll(closeGateways);

const FRONTS = [
  ['a REST API', { rest: restApi() }],
  ['an HTTP API', { http: httpApi() }],
  ['a function URL', { url: functionUrl() }],
] as const;

/** Pieces that HTTP is made of, whole and broken, so that streams come far before they fail. */
const piece = fc.oneof(
  fc
    .constantFrom(
      'GET ',
      'POST ',
      'OPTIONS ',
      'HEAD ',
      'CONNECT a:1 ',
      'PRI * ',
      '/test/a',
      '/test/%zz',
      '/%00%ff',
      '*',
      'http://h/test/x?y',
      '?a=%&b=%e0%a4%a&__proto__=1',
      ' HTTP/1.1\r\n',
      ' HTTP/9.9\r\n',
      ' HTTP/1.0\r\n',
      'Host: h\r\n',
      'Host: \r\n',
      ': x\r\n',
      'Content-Length: 3\r\n',
      'Content-Length: -1\r\n',
      'Content-Length: 99999999999999999999\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Transfer-Encoding: gzip, chunked\r\n',
      'Expect: 100-continue\r\n',
      'Expect: miracles\r\n',
      'Upgrade: websocket\r\nConnection: upgrade\r\n',
      'Authorization: AWS4-HMAC-SHA256 Credential=\r\n',
      'X-Amzn-Trace-Id: Root=;=;\r\n',
      'Cookie: ;;=\r\n',
      '__proto__: x\r\n',
      'Connection: close\r\n',
      '\r\n',
      '\r\n\r\n',
      '3\r\nabc\r\n0\r\n\r\n',
      'zz\r\n',
      '\0',
      'abc',
    )
    .map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
);

describe.each(FRONTS)('%s', (_name, fixture) => {
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startGateway({ ...fixture, handler: () => ({ statusCode: 200, body: 'x' }) });
  });

  it('survives any byte stream and answers the next request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 10 }), async (pieces) => {
        // A line end and an end of the connection, so that nothing waits for more.
        await sendAndHangUp(gateway.port, Buffer.concat(pieces));
        const next = await gateway.send({ path: '/test/next' });
        expect(next.status).toBe(200);
      }),
      { numRuns: 60 },
    );
  });

  it('answers every well-formed request with a well-formed response, whatever its target', async () => {
    const target = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(target, async (text) => {
        const { status } = await gateway.send({ path: `/test/${text}` });
        expect([200, 400, 403, 404]).toContain(status);
      }),
      { numRuns: 100 },
    );
  });
});

async function sendAndHangUp(port: number, bytes: Buffer): Promise<void> {
  const close = Buffer.from('\r\n\r\nGET /test/end HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  const received = await Promise.race([
    sendBytes(port, Buffer.concat([bytes, close])),
    new Promise<Buffer>((resolve) => setTimeout(() => resolve(Buffer.alloc(0)), 100)),
  ]);
  if (received.length > 0) expect(parseResponse(received).status).toBeGreaterThanOrEqual(100);
}
