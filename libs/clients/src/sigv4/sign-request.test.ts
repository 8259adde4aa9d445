import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { OutgoingRequest } from '../http/http-message.ts';
import { signRequest } from './sign-request.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const date = new Date('2026-11-22T12:36:00.123Z');
const none = new Uint8Array();

class Sha256 {
  readonly #secret: string | Uint8Array | undefined;
  #data: Uint8Array[] = [];
  constructor(secret?: string | Uint8Array) {
    this.#secret = secret;
  }
  update(data: string | Uint8Array): void {
    this.#data.push(typeof data === 'string' ? Buffer.from(data) : data);
  }
  digest(): Promise<Uint8Array> {
    const hash = this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
    for (const data of this.#data) hash.update(data);
    return Promise.resolve(hash.digest());
  }
  reset(): void {
    this.#data = [];
  }
}

/** @smithy/signature-v4's authorization for the same request. */
async function signWithSmithy(request: OutgoingRequest, sessionToken?: string): Promise<string> {
  const signer = new SignatureV4({
    service: 'lambda',
    region: 'eu-west-1',
    credentials: { ...credentials, ...(sessionToken !== undefined && { sessionToken }) },
    sha256: Sha256 as never,
  });
  const query = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of request.url.searchParams) (query[name] ??= []).push(value);
  const signed: unknown = await signer.sign(
    {
      method: request.method,
      protocol: request.url.protocol,
      hostname: request.url.hostname,
      path: request.url.pathname,
      query,
      headers: { ...request.headers, host: request.url.host },
      body: request.body,
    } as never,
    { signingDate: date },
  );
  return (signed as { headers: Record<string, string> }).headers['authorization']!;
}

/** aws4's authorization for the same request. */
function signWithAws4(request: OutgoingRequest, sessionToken?: string): string {
  const signed = aws4.sign(
    {
      service: 'lambda',
      region: 'eu-west-1',
      method: request.method,
      host: request.url.host,
      path: `${request.url.pathname}${request.url.search}`,
      headers: {
        ...request.headers,
        'X-Amz-Date': '20261122T123600Z',
        'X-Amz-Content-Sha256': createHash('sha256').update(request.body).digest('hex'),
      },
      body: Buffer.from(request.body),
    },
    { ...credentials, ...(sessionToken !== undefined && { sessionToken }) },
  );
  return signed.headers['Authorization']!;
}

const sign = (request: OutgoingRequest, sessionToken?: string): Readonly<Record<string, string>> =>
  signRequest(request, {
    service: 'lambda',
    region: 'eu-west-1',
    credentials: { ...credentials, ...(sessionToken !== undefined && { sessionToken }) },
    date,
  });

/** Requests as the HTTP client makes them: any path, query, headers and body. */
const segment = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.constantFrom('users', 'a b', 'ü', '%', '+', "it's", '(1)', '*', '~', '=', '&', ':', '@', ','),
);
const anyRequest: fc.Arbitrary<OutgoingRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    path: fc.array(
      segment.filter((part) => part !== '.' && part !== '..'),
      { maxLength: 4 },
    ),
    query: fc.array(fc.tuple(segment, fc.oneof(segment, fc.constant(''))), { maxLength: 4 }),
    headers: fc.dictionary(
      fc.constantFrom('content-type', 'accept', 'x-custom', 'x-amz-meta-a', 'idempotency-key', 'a-b'),
      fc.stringMatching(/^[a-z0-9 ;=/.,-]{1,20}$/).filter((value) => value.trim() !== ''),
      { maxKeys: 4 },
    ),
    body: fc.uint8Array({ maxLength: 64 }),
  })
  .map(({ method, path, query, headers, body }) => {
    const url = new URL('https://abc123.lambda-url.eu-west-1.on.aws/');
    url.pathname = `/${path.map(encodeURIComponent).join('/')}`;
    url.search = query.map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`).join('&');
    return { method, url, headers, body };
  });

function rfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

describe('signRequest', () => {
  it('agrees with @smithy/signature-v4 on random requests', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRequest,
        fc.option(fc.constant('token=='), { nil: undefined }),
        async (request, token) => {
          expect(sign(request, token)['authorization']).toBe(await signWithSmithy(request, token));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('agrees with aws4 on random requests', () => {
    fc.assert(
      fc.property(
        // aws4 reads a repeated name's members in another order.
        anyRequest.filter(
          ({ url }) => new Set(url.searchParams.keys()).size === [...url.searchParams].length,
        ),
        fc.option(fc.constant('token=='), { nil: undefined }),
        (request, token) => {
          // It would add these two by itself.
          const own = { 'content-type': 'text/plain', 'content-length': String(request.body.byteLength) };
          const whole = { ...request, headers: { ...request.headers, ...own } };
          expect(sign(whole, token)['authorization']).toBe(signWithAws4(whole, token));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('names the key, the scope and the signed headers', () => {
    const signed = sign({
      method: 'GET',
      url: new URL('https://example.amazonaws.com/'),
      headers: {},
      body: none,
    });
    expect(signed['x-amz-date']).toBe('20261122T123600Z');
    expect(signed['x-amz-content-sha256']).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(signed['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261122\/eu-west-1\/lambda\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });

  it('signs the session token', () => {
    const signed = sign(
      { method: 'GET', url: new URL('https://a.example/'), headers: {}, body: none },
      'token',
    );
    expect(signed['x-amz-security-token']).toBe('token');
    expect(signed['authorization']).toContain('x-amz-security-token');
  });

  it.each(['user-agent', 'x-amzn-trace-id', 'connection', 'expect'])('leaves %s unsigned', (name) => {
    const request = {
      method: 'GET',
      url: new URL('https://a.example/'),
      headers: { [name]: 'x' },
      body: none,
    };
    expect(sign(request)['authorization']).not.toContain(name);
  });

  it('changes with the body, the day, the region and the key', () => {
    const request = {
      method: 'POST',
      url: new URL('https://a.example/'),
      headers: {},
      body: Buffer.from('a'),
    };
    const options = { service: 'lambda', region: 'eu-west-1', credentials, date };
    const signatures = [
      signRequest(request, options),
      signRequest({ ...request, body: Buffer.from('b') }, options),
      signRequest(request, { ...options, date: new Date('2026-11-23T00:00:00Z') }),
      signRequest(request, { ...options, region: 'us-east-1' }),
      signRequest(request, { ...options, service: 'execute-api' }),
      signRequest(request, { ...options, credentials: { ...credentials, secretAccessKey: 'another' } }),
    ].map((headers) => headers['authorization']?.replace(/^.*Signature=/, ''));
    expect(new Set(signatures).size).toBe(signatures.length);
  });
});
