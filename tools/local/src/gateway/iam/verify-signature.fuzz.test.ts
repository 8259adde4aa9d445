import { SignatureV4 } from '@smithy/signature-v4';
import * as aws4 from 'aws4';
import fc from 'fast-check';
import { toHeaderLines } from '../exchange/header-lines.ts';
import { Sha256 } from '../testing/sha256.ts';
import { verifySignature, type SignatureVerdict } from './verify-signature.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const NOW = new Date('2026-11-22T10:11:12Z');
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET };

interface Wire {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

function verify(wire: Wire, nowMs = NOW.getTime()): SignatureVerdict {
  return verifySignature(
    { ...wire, headers: toHeaderLines(Object.entries(wire.headers).flat()) },
    {
      service: 'execute-api',
      region: 'eu-west-1',
      nowMs,
      credentials: (accessKeyId) =>
        accessKeyId === credentials.accessKeyId
          ? {
              secretAccessKey: SECRET,
              accountId: '123456789012',
              principalArn: 'arn:aws:iam::123456789012:user/local',
              userId: 'AIDALOCAL',
            }
          : undefined,
    },
  );
}

async function signBySmithy(wire: Omit<Wire, 'headers'>): Promise<Wire> {
  const signer = new SignatureV4({
    credentials,
    region: 'eu-west-1',
    service: 'execute-api',
    sha256: Sha256,
  });
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(wire.rawQuery)) (query[name] ??= []).push(value);
  const signed = await signer.sign(
    {
      method: wire.method,
      protocol: 'https:',
      hostname: 'api.example',
      path: wire.path,
      query,
      headers: { host: 'api.example', 'content-type': 'application/json' },
      body: wire.body,
    },
    { signingDate: NOW },
  );
  return { ...wire, headers: signed.headers };
}

function signByAws4(wire: Omit<Wire, 'headers'>): Wire {
  const signed = aws4.sign(
    {
      method: wire.method,
      host: 'api.example',
      path: wire.rawQuery === '' ? wire.path : `${wire.path}?${wire.rawQuery}`,
      headers: { 'X-Amz-Date': '20261122T101112Z', 'X-Custom': '  a   b ' },
      body: Buffer.from(wire.body),
      service: 'execute-api',
      region: 'eu-west-1',
    },
    credentials,
  );
  const headers = Object.entries(signed.headers).map(([name, value]) => [name, String(value)] as const);
  return { ...wire, headers: Object.fromEntries(headers) };
}

/** Text with what canonical requests get wrong most: slashes, pluses, spaces, stars, tildes, beyond ASCII. */
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '0',
    '-',
    '_',
    '.',
    '~',
    ' ',
    '+',
    '*',
    "'",
    '(',
    '=',
    '&',
    '%',
    'é',
    '☕',
    '/',
  ),
  maxLength: 6,
});
const encode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const wires = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  path: fc
    .array(
      text.filter((part) => !/^\.{0,2}$/.test(part)),
      { maxLength: 4 },
    )
    .map((parts) => `/${parts.map(encode).join('/')}`),
  rawQuery: fc
    .array(
      fc.tuple(
        text.filter((name) => name !== ''),
        text,
      ),
      { maxLength: 4 },
    )
    .map((pairs) => pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')),
  body: fc.uint8Array({ maxLength: 20 }),
});

describe('verifySignature', () => {
  it('accepts whatever @smithy/signature-v4 signs', async () => {
    await fc.assert(
      fc.asyncProperty(wires, async (wire) => {
        expect(verify(await signBySmithy(wire))).toMatchObject({ kind: 'verified' });
      }),
      { numRuns: 150 },
    );
  });

  it('accepts whatever aws4 signs', () => {
    fc.assert(
      fc.property(wires, (wire) => {
        expect(verify(signByAws4(wire))).toMatchObject({ kind: 'verified' });
      }),
      { numRuns: 150 },
    );
  });

  it('refuses a signed request once its method, path, query, body or a signed header is another', async () => {
    await fc.assert(
      fc.asyncProperty(
        wires,
        fc.constantFrom('method', 'path', 'query', 'body', 'header'),
        async (wire, part) => {
          const signed = await signBySmithy(wire);
          const changed: Wire = {
            ...signed,
            method: part === 'method' ? 'PUT' : signed.method,
            path: part === 'path' ? `${signed.path}x` : signed.path,
            rawQuery: part === 'query' ? `${signed.rawQuery}&zz=1` : signed.rawQuery,
            body: part === 'body' ? Buffer.concat([signed.body, Buffer.from('x')]) : signed.body,
            headers: part === 'header' ? { ...signed.headers, host: 'other.example' } : signed.headers,
          };
          expect(verify(changed).kind).toBe('mismatch');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never throws, whatever the Authorization header holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (rest, date) => {
        for (const authorization of [
          rest,
          `AWS4-HMAC-SHA256 ${rest}`,
          `AWS4-HMAC-SHA256 Credential=${rest}, SignedHeaders=host, Signature=${rest}`,
        ]) {
          const headers = { Authorization: authorization, 'X-Amz-Date': date, Host: 'h' };
          const verdict = verify({ method: 'GET', path: '/', rawQuery: '', headers, body: new Uint8Array() });
          expect(verdict.kind).not.toBe('verified');
        }
      }),
    );
  });
});

describe('verifySignature tells why it refuses', () => {
  const plain = { method: 'GET', path: '/a', rawQuery: '', body: new Uint8Array() };

  it.each([
    ['a request without a signature', async () => ({ ...plain, headers: { host: 'h' } }), 'unsigned'],
    ['a bearer token', async () => ({ ...plain, headers: { authorization: 'Bearer x' } }), 'incomplete'],
    [
      'a signature without a date',
      async () => {
        const { 'x-amz-date': _date, ...headers } = (await signBySmithy(plain)).headers;
        return { ...plain, headers };
      },
      'incomplete',
    ],
    [
      'an access key that nobody holds',
      async () => {
        const wire = await signBySmithy(plain);
        const authorization = wire.headers['authorization']?.replace('AKIDEXAMPLE', 'AKIDOTHER') ?? '';
        return { ...wire, headers: { ...wire.headers, authorization } };
      },
      'unknown-key',
    ],
    [
      'a session token that the key does not have',
      async () => {
        const wire = await signBySmithy(plain);
        return { ...wire, headers: { ...wire.headers, 'x-amz-security-token': 't' } };
      },
      'unknown-key',
    ],
    [
      'a scope of another service',
      async () => {
        const wire = await signBySmithy(plain);
        const authorization = wire.headers['authorization']?.replace('execute-api', 'lambda') ?? '';
        return { ...wire, headers: { ...wire.headers, authorization } };
      },
      'mismatch',
    ],
    [
      'a signature that leaves the host out',
      async () => {
        const wire = await signBySmithy(plain);
        const authorization = wire.headers['authorization']?.replace('host;', '') ?? '';
        return { ...wire, headers: { ...wire.headers, authorization } };
      },
      'mismatch',
    ],
  ])('%s', async (_name, make, kind) => {
    expect(verify(await make()).kind).toBe(kind);
  });

  it.each([
    ['5 minutes after it was made', 5 * 60_000, 'verified'],
    ['a millisecond later', 5 * 60_000 + 1, 'expired'],
    ['5 minutes before it was made', -5 * 60_000, 'verified'],
    ['a millisecond earlier', -5 * 60_000 - 1, 'expired'],
  ])('takes a signature %s by the clock', async (_name, offsetMs, kind) => {
    expect(verify(await signBySmithy(plain), NOW.getTime() + offsetMs).kind).toBe(kind);
  });

  it('holds a presigned URL to its own lifetime', async () => {
    const signer = new SignatureV4({
      credentials,
      region: 'eu-west-1',
      service: 'execute-api',
      sha256: Sha256,
    });
    const signed = await signer.presign(
      {
        method: 'GET',
        protocol: 'https:',
        hostname: 'api.example',
        path: '/a',
        headers: { host: 'api.example' },
      },
      { signingDate: NOW, expiresIn: 60 },
    );
    const rawQuery = Object.entries(signed.query ?? {})
      .map(([name, value]) => `${name}=${encode(String(value))}`)
      .join('&');
    const wire = { ...plain, rawQuery, headers: { host: 'api.example' } };
    expect(verify(wire, NOW.getTime() + 60_000).kind).toBe('verified');
    expect(verify(wire, NOW.getTime() + 60_001).kind).toBe('expired');
  });
});
