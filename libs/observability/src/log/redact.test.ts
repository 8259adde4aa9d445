import fc from 'fast-check';
import { isSecretName, redacted, redactText, secretForms } from './redact.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';

const errorOf = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return (error as Error).message;
  }
};

describe('redactText withholds', () => {
  it.each([
    ['a JWT', `token ${jwt} was refused`, `token ${redacted} was refused`],
    ['an encrypted JWT', `x eyJhbGciOiJSU0EifQ.aa.bb.cc.dd y`, `x ${redacted} y`],
    ['a bearer token', 'Authorization: Bearer abc.def-ghi', `Authorization: ${redacted}`],
    ['a bearer token in capitals', 'BEARER abc.def-ghi', redacted],
    ['a basic credential', 'authorization=Basic dXNlcjpwYXNz', `authorization=${redacted}`],
    ['a SigV4 signature', `Signature=${'a'.repeat(64)}`, redacted],
    ['a presigned query', 'https://a.example/?X-Amz-Signature=abc&b=1', `https://a.example/?${redacted}&b=1`],
    ['an access key id', 'key AKIAIOSFODNN7EXAMPLE used', `key ${redacted} used`],
    ['a PEM key', '-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----!', `${redacted}!`],
    ['a cut PEM key', '-----BEGIN PRIVATE KEY-----\nabc', redacted],
    ['a webhook secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', redacted],
    ['a Stripe key', `sk_live_4eC39HqLyjWDarjtT1zdp7dc`, redacted],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}`, redacted],
    ['a Slack token', `xoxb-123456789012-abcdef`, redacted],
    ['a GitHub signature', `sha256=${'0f'.repeat(32)}`, redacted],
    ['a Stripe signature', `t=1,v1=${'0f'.repeat(32)}`, `t=1,${redacted}`],
    ['a Standard Webhooks signature', 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=', redacted],
    ['a secret in a query', '/cb?code=abc123&state=x', `/cb?${redacted}&state=x`],
    ['a secret in JSON text', '{"password":"a\\"b","n":1}', `{${redacted},"n":1}`],
    ['a secret in a JSON text that was cut', '{"password":"a', `{${redacted}`],
    [
      'what JSON.parse quotes of what it was given',
      errorOf(() => JSON.parse('hunter2-is-no-json')),
      `Unexpected token 'h', ${redacted}`,
    ],
    [
      'what JSON.parse quotes of the middle of a text',
      errorOf(() => JSON.parse(`[${'1,'.repeat(20)}hunter2,3,4,5,6,7,8]`)),
      `Unexpected token 'h', ${redacted}`,
    ],
    ['a mail address in a URL', 'GET https://a.example/users/bob%40example.com', `GET https:${redacted}`],
    ['a mail address', 'user bob.o+x@mail.example.com exists', `user ${redacted} exists`],
    ['several at once', `a@b.io ${jwt}`, `${redacted} ${redacted}`],
  ])('%s', (_name, text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});

it.each(secretForms.map((form) => [form.source, form] as const))(
  'redactText looks for %s in every text that has it',
  (_source, form) => {
    // The generator knows neither what stands around a text nor that letters may be of either case.
    const generated = fc.stringMatching(
      new RegExp(`^${form.source.replace(/\\b/g, '').replace('|$)', ')')}$`),
    );
    fc.assert(
      fc.property(generated, fc.boolean(), (plain, capitals) => {
        const text = capitals && form.flags.includes('i') ? plain.toUpperCase() : plain;
        fc.pre(text.search(form) >= 0);
        expect(redactText(`. ${text} .`)).toContain(redacted);
      }),
      { numRuns: 200 },
    );
  },
);

describe('redactText leaves', () => {
  it.each([
    'GET /users/{id} 200',
    'arn:aws:lambda:eu-west-1:123456789012:function:users-api',
    '1-5759e988-bd862e3fe1be46a994272793',
    '0af7651916cd43dd8448eb211c80319c',
    'a line\nwith a tab\tand "quotes"',
    'Größe 12 µs, 日本',
    'user@localhost',
  ])('%s', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

it('redactText shows characters that could forge a line or hide text', () => {
  const hidden = '\u007f\u009b\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff';
  const shown = hidden.replace(/[^]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  expect(redactText(`a${hidden}b`)).toBe(`a${shown}b`);
});

it.each([
  ['a long run of address characters', 'a.'.repeat(50_000)],
  ['an address without an end', `${'a'.repeat(50_000)}@${'b-'.repeat(25_000)}`],
  ['many beginnings of tokens', 'eyJ'.repeat(40_000)],
  ['many beginnings of keys', '-----BEGIN PRIVATE KEY-----'.repeat(5_000)],
  ['many open quotes', '"password":"'.repeat(10_000)],
])('redactText takes time in proportion to %s', (_name, text) => {
  const startedMs = performance.now();
  redactText(text);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

describe('isSecretName', () => {
  it.each([
    'Authorization',
    'x-amzn-authorization',
    'Cookie',
    'set-cookie',
    'password',
    'db_passwd',
    'clientSecret',
    'client_secret',
    'accessToken',
    'X-Api-Key',
    'apiKey',
    'privateKey',
    'private_key',
    'signing-key',
    'secretAccessKey',
    'stripe-signature',
    'x-hub-signature-256',
    'email',
    'e-mail',
    'userEmail',
    'otp',
    'credentials',
  ])('is true for %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['code', 'route', 'pk', 'key', 'keyId', 'status', 'author', 'name', 'cause', 'stack'])(
    'is false for %s',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});
