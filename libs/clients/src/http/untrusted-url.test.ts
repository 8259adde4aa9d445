import type { LookupAddress } from 'node:dns';
import { startTestServer, type TestServer } from '../testing/index.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import { isPublicAddress } from './public-address.ts';

type Lookup = NonNullable<HttpClientOptions['lookup']>;

let server: TestServer;
let client: HttpClient;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  client.close();
  await server.close();
});

/** Resolves names to the next list of addresses each time, and counts. */
function resolver(...answers: string[][]): { lookup: Lookup; readonly calls: number } {
  let calls = 0;
  return {
    lookup: (_name, options, callback) => {
      const addresses = answers[Math.min(calls++, answers.length - 1)] ?? [];
      const found: LookupAddress[] = addresses.map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
      if (options.all === true) callback(null, found);
      else callback(null, found[0]!.address, found[0]!.family);
    },
    get calls() {
      return calls;
    },
  };
}

const refusal = { code: 'CLIENTS_TARGET_REFUSED' };

describe('a URL that came from input', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback as one number', '2130706433'],
    ['loopback in octal', '0177.0.0.1'],
    ['loopback in hexadecimal', '0x7f.1'],
    ['loopback, short', '127.1'],
    ['loopback in full-width digits', '１２７.0.0.1'],
    ['the unspecified address', '0.0.0.0'],
    ['zero', '0'],
    ['the metadata service', '169.254.169.254'],
    ['the credentials endpoint of containers', '169.254.170.2'],
    ['a private network', '10.0.0.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6 loopback, mapped', '[::ffff:127.0.0.1]'],
    ['IPv6 metadata', '[fd00:ec2::254]'],
    ['NAT64 of a private address', '[64:ff9b::a00:1]'],
    ['6to4 of a private address', '[2002:7f00:1::]'],
  ])('does not lead to %s', async (_name, host) => {
    client = createHttpClient();
    const call = client.request({ url: `http://${host}:${server.port}/`, untrustedUrl: true });
    await expect(call).rejects.toMatchObject(refusal);
    expect(server.seen).toEqual([]);
  });

  it.each([
    ['a private address', [['127.0.0.1']]],
    ['a private address among public ones', [['93.184.215.14', '127.0.0.1']]],
    ['a private IPv6 address', [['::1']]],
  ])('does not lead to a name of %s', async (_name, answers) => {
    client = createHttpClient({ lookup: resolver(...answers).lookup });
    const call = client.request({ url: `http://public.test:${server.port}/`, untrustedUrl: true });
    await expect(call).rejects.toMatchObject(refusal);
  });

  it('connects to the very addresses that were judged: a name is resolved once', async () => {
    const names = resolver(['203.0.112.1'], ['127.0.0.1']);
    client = createHttpClient({ lookup: names.lookup, timeouts: { connectMs: 80 }, retries: 0 });
    const call = client.request({ url: `http://rebinding.test:${server.port}/`, untrustedUrl: true });
    await expect(call).rejects.toMatchObject({
      code: expect.stringMatching(/CLIENTS_(CONNECT_FAILED|TIMEOUT)/),
    });
    expect(names.calls).toBe(1);
    expect(server.seen).toEqual([]);
  });

  it('does not meet a connection that a trusted URL has opened', async () => {
    client = createHttpClient({ lookup: resolver(['127.0.0.1']).lookup });
    const url = `http://internal.test:${server.port}/`;
    expect((await client.request({ url })).status).toBe(200);
    await expect(client.request({ url, untrustedUrl: true })).rejects.toMatchObject(refusal);
    expect(server.seen).toHaveLength(1);
  });

  it('is judged again after a redirect', async () => {
    const isPublic = resolver(['127.0.0.1']);
    client = createHttpClient({
      transport: {
        send: ({ request, publicOnly }) => {
          expect(publicOnly).toBe(true);
          const location = 'http://169.254.169.254/latest/meta-data';
          if (request.url.hostname === 'public.test') {
            return Promise.resolve({ status: 302, headers: { location }, body: new Uint8Array() });
          }
          return createTransport(isPublic.lookup).send(request);
        },
        close: () => undefined,
      },
    });
    const call = client.request({ url: 'http://public.test/', untrustedUrl: true, maxRedirects: 2 });
    await expect(call).rejects.toMatchObject(refusal);
  });

  function createTransport(lookup: Lookup): { send: (request: { url: URL }) => Promise<never> } {
    const guarded = createHttpClient({ lookup });
    return { send: ({ url }) => guarded.request({ url, untrustedUrl: true }) as Promise<never> };
  }
});

describe('isPublicAddress', () => {
  it.each([
    '93.184.215.14',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.169.0.1',
    '2606:2800:21f:cb07::1',
  ])('is true for %s', (address) => {
    client = createHttpClient();
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.1.2.3',
    '10.255.255.255',
    '100.127.255.255',
    '127.255.255.254',
    '169.254.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::127.0.0.1',
    '::ffff:93.184.215.14',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '2001:db8::1',
    '',
    'localhost',
    '127.0.0.1 ',
  ])('is false for "%s"', (address) => {
    client = createHttpClient();
    expect(isPublicAddress(address)).toBe(false);
  });
});
