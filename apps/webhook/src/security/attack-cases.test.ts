import { generateKeyPairSync, sign } from 'node:crypto';
import { startBundle, type BundleProcess } from '../testing/bundle-process.ts';
import { startFakeAws, type FakeAws } from '../testing/fake-aws.ts';
import { signHeaders } from '../testing/sign-delivery.ts';
import { urlEvent, type UrlRequest } from '../testing/url-event.ts';

const NOW = 1_767_225_600;
const SECRET = 'canary-secret-0123456789abcdef';
const secret = Buffer.from(SECRET);
const BODY = '{"id":"evt_1","type":"user.created","email":"canary-body@example.com"}';
const ed25519 = generateKeyPairSync('ed25519');
const publicKey = ed25519.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');

const SCHEMES = {
  standard: 'standard-webhooks',
  github: 'github',
  stripe: 'stripe',
  slack: 'slack',
} as const;
type Name = keyof typeof SCHEMES;

interface Attack {
  readonly name: string;
  readonly request: UrlRequest;
  readonly expected: number;
}

type Headers = Record<string, string>;

function signed(
  name: Name,
  overrides: { timestampSeconds?: number; body?: string; secret?: Buffer; id?: string } = {},
): UrlRequest & {
  headers: Headers;
} {
  const signing = { secret, timestampSeconds: NOW, body: BODY, ...overrides };
  return {
    path: `/webhooks/${name}`,
    headers: { ...signHeaders[SCHEMES[name]](signing) },
    body: signing.body,
  };
}

/** One change of one header of a valid request. */
function header(name: Name, of: string, change: (value: string) => string | undefined): UrlRequest {
  const request = signed(name);
  const headers: Headers = { ...request.headers };
  const changed = change(headers[of] ?? '');
  if (changed === undefined) Reflect.deleteProperty(headers, of);
  else headers[of] = changed;
  return { ...request, headers };
}

const SIGNATURE: Record<Name, string> = {
  standard: 'webhook-signature',
  github: 'x-hub-signature-256',
  stripe: 'stripe-signature',
  slack: 'x-slack-signature',
};
const TIME: Partial<Record<Name, string>> = {
  standard: 'webhook-timestamp',
  slack: 'x-slack-request-timestamp',
};
const names = Object.keys(SCHEMES) as Name[];
const timed = names.filter((name) => name !== 'github');

const ofEveryScheme: Attack[] = names.flatMap((name) => {
  const of = SIGNATURE[name];
  const changes: [string, (value: string) => string | undefined][] = [
    ['missing', () => undefined],
    ['empty', () => ''],
    ['twice, joined by a comma', (value) => `${value}, ${value}`],
    ['with a space before', (value) => ` ${value}`],
    ['with a trailing newline', (value) => `${value}\n`],
    ['cut by one character', (value) => value.slice(0, -1)],
    ['longer by one character', (value) => `${value}0`],
    ['in upper case', (value) => value.toUpperCase()],
    ['of zeros', (value) => value.replace(/[0-9a-f]{64}|(?<=v1,).*$/, (text) => '0'.repeat(text.length))],
    ['of 100 kB', (value) => value + 'a'.repeat(100_000)],
    ['with a NUL', (value) => `${value}\0`],
    ['of another scheme version', (value) => value.replace(/v1|v0|sha256/, 'v9')],
    ['as a JSON object', () => '{"v1":true}'],
  ];
  return [
    ...changes.map(([what, change]) => ({
      name: `${name}: a signature ${what}`,
      request: header(name, of, change),
      expected: 401,
    })),
    {
      name: `${name}: another secret`,
      request: signed(name, { secret: Buffer.from('another-secret-0123456789') }),
      expected: 401,
    },
    {
      name: `${name}: another body`,
      request: { ...signed(name), body: BODY.replace('evt_1', 'evt_2') },
      expected: 401,
    },
    {
      name: `${name}: no body`,
      request: { path: `/webhooks/${name}`, headers: signed(name).headers },
      expected: 401,
    },
    {
      name: `${name}: a body with a byte order mark`,
      request: { ...signed(name), body: `\uFEFF${BODY}` },
      expected: 401,
    },
    ...names
      .filter((other) => other !== name)
      .map((other) => ({
        name: `${name}: the signature of ${other}`,
        request: { ...signed(other), path: `/webhooks/${name}` },
        expected: 401,
      })),
  ];
});

const ofTime: Attack[] = timed.flatMap((name) => [
  {
    name: `${name}: signed 301 s ago`,
    request: signed(name, { timestampSeconds: NOW - 301 }),
    expected: 401,
  },
  {
    name: `${name}: signed 301 s ahead`,
    request: signed(name, { timestampSeconds: NOW + 301 }),
    expected: 401,
  },
  { name: `${name}: signed at 0`, request: signed(name, { timestampSeconds: 0 }), expected: 401 },
  {
    name: `${name}: signed in milliseconds`,
    request: signed(name, { timestampSeconds: NOW * 1000 }),
    expected: 401,
  },
  {
    name: `${name}: signed at a negative time`,
    request: signed(name, { timestampSeconds: -NOW }),
    expected: 401,
  },
  {
    name: `${name}: signed 300 s ago`,
    request: signed(name, { timestampSeconds: NOW - 300, id: 'msg_old' }),
    expected: name === 'slack' ? 200 : 204,
  },
]);

const ofTimeHeaders: Attack[] = (Object.entries(TIME) as [Name, string][]).flatMap(([name, of]) =>
  [
    undefined,
    '',
    ' ',
    '1e9',
    '0x6955b900',
    `+${NOW}`,
    `${NOW}.0`,
    ` ${NOW}`,
    `0${NOW}`,
    'NaN',
    '9'.repeat(400),
  ].map((value) => ({
    name: `${name}: the time ${String(value).slice(0, 20)}`,
    request: header(name, of, () => value),
    expected: 401,
  })),
);

const ofStandard: Attack[] = [
  ...['', 'a.b', 'ä', 'x'.repeat(300), 'a b'].map((id) => ({
    name: `standard: the id ${id.slice(0, 10)}`,
    request: signed('standard', { id }),
    expected: 401,
  })),
  { name: 'standard: no id', request: header('standard', 'webhook-id', () => undefined), expected: 401 },
  {
    name: 'standard: a right signature among wrong ones',
    request: header('standard', 'webhook-signature', (value) => `v1,AAAA v9,BBBB ${value}`),
    expected: 204,
  },
  {
    name: 'standard: a list with an empty entry',
    request: header('standard', 'webhook-signature', (value) => `${value}  ${value}`),
    expected: 401,
  },
  {
    name: 'standard: an Ed25519 signature where the secret is symmetric',
    request: header('standard', 'webhook-signature', (value) => value.replace('v1,', 'v1a,')),
    expected: 401,
  },
  {
    name: 'asymmetric: a right Ed25519 signature',
    request: asymmetric(`msg_1.${NOW}.${BODY}`),
    expected: 204,
  },
  {
    name: 'asymmetric: a signature of something else',
    request: asymmetric(`msg_1.${NOW}.{}`),
    expected: 401,
  },
  {
    name: 'asymmetric: the public key used as an HMAC secret',
    request: {
      ...signed('standard', { secret: Buffer.from(publicKey, 'base64') }),
      path: '/webhooks/asymmetric',
    },
    expected: 401,
  },
];

const ofStripe: Attack[] = [
  ['two times', (value: string) => `t=${NOW},${value}`],
  ['no time', (value: string) => value.replace(/t=\d+,/, '')],
  ['no signature', (value: string) => value.replace(/,v1=.*/, '')],
  ['a v0 alone', (value: string) => value.replace('v1=', 'v0=')],
  ['spaces', (value: string) => value.replace(',', ', ')],
].map(([what, change]) => ({
  name: `stripe: ${what as string}`,
  request: header('stripe', 'stripe-signature', change as (value: string) => string),
  expected: 401,
}));

const ofHttp: Attack[] = [
  { name: 'http: GET', request: { ...signed('standard'), method: 'GET' }, expected: 405 },
  { name: 'http: HEAD', request: { ...signed('standard'), method: 'HEAD' }, expected: 405 },
  { name: 'http: OPTIONS', request: { ...signed('standard'), method: 'OPTIONS' }, expected: 405 },
  ...[
    '/',
    '/webhooks',
    '/webhooks/',
    '/webhooks/nobody',
    '/webhooks/standard/',
    '/webhooks/STANDARD',
    '/webhooks/%73tandard',
    '/webhooks/constructor',
  ].map((path) => ({ name: `http: POST ${path}`, request: { ...signed('standard'), path }, expected: 404 })),
  {
    name: 'http: 256 KB and one byte',
    request: signed('github', { body: 'x'.repeat(262_145) }),
    expected: 413,
  },
  { name: 'http: exactly 256 KB', request: signed('github', { body: 'x'.repeat(262_144) }), expected: 204 },
  {
    name: 'http: a body that is not JSON',
    request: signed('standard', { body: 'canary-body', id: 'msg_j' }),
    expected: 400,
  },
  {
    name: 'http: JSON of 100,000 brackets',
    request: signed('standard', { body: '['.repeat(100_000), id: 'msg_b' }),
    expected: 400,
  },
];

function asymmetric(content: string): UrlRequest {
  const signature = sign(null, Buffer.from(content), ed25519.privateKey).toString('base64');
  return {
    path: '/webhooks/asymmetric',
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(NOW),
      'webhook-signature': `v1a,${signature}`,
    },
    body: BODY,
  };
}

const attacks = [...ofEveryScheme, ...ofTime, ...ofTimeHeaders, ...ofStandard, ...ofStripe, ...ofHttp];

describe('the built receiver', () => {
  let aws: FakeAws;
  let bundle: BundleProcess;
  const answers: string[] = [];

  beforeAll(async () => {
    const providers: Record<string, object> = Object.fromEntries(
      names.map((name) => [name, { scheme: SCHEMES[name], secretId: 'shared', secretEncoding: 'utf8' }]),
    );
    providers['asymmetric'] = { scheme: 'standard-webhooks', secretId: 'public', secretEncoding: 'whsec' };
    aws = await startFakeAws({ shared: [SECRET], public: [`whpk_${publicKey}`] });
    bundle = await startBundle({
      ...aws.environment,
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      DELIVERIES_TABLE: 'deliveries',
      WEBHOOK_PROVIDERS: JSON.stringify(providers),
    });
  });

  afterAll(async () => {
    await bundle.close();
    await aws.close();
  });

  test('has more than a hundred cases', () => {
    expect(attacks.length).toBeGreaterThan(100);
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  });

  test.each(attacks.map((attack) => [attack.name, attack.expected, attack.request] as const))(
    'answers %s with %i',
    async (_name, expected, request) => {
      const answer = await bundle.invoke(urlEvent(request), NOW * 1000);
      answers.push(JSON.stringify(answer));
      expect(answer.statusCode).toBe(expected);
    },
  );

  test('answers 503 with Retry-After while the table is down', async () => {
    aws.isTableDown = true;
    const answer = await bundle.invoke(urlEvent(signed('standard', { id: 'msg_down' })), NOW * 1000);
    aws.isTableDown = false;
    answers.push(JSON.stringify(answer));
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '10']);
  });

  test('has let no secret, signature, email or body into a log line or an answer', () => {
    const said = bundle.output() + answers.join('\n');
    expect(said).toContain('WEBHOOK_UNVERIFIED');
    const forbidden = [SECRET, secret.toString('base64'), secret.toString('hex'), 'canary-body'];
    for (const name of names) {
      const value = signed(name).headers[SIGNATURE[name]] ?? '';
      forbidden.push(/[0-9a-f]{64}|(?<=v1,).*$/.exec(value)?.[0] ?? value);
    }
    for (const canary of forbidden) expect(said).not.toContain(canary);
  });
});
