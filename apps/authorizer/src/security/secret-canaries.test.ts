import { createHash } from 'node:crypto';
import { createTestKey, mintToken, signText, TEST_CLAIMS, TEST_NOW_SECONDS } from '@gatehouse/auth/testing';
import { startBundle, type BundleProcess } from '../testing/bundle-process.ts';
import { AUTHORIZER_EVENTS, type AuthorizerEventKind, type TestHeaders } from '../testing/events.ts';
import { startTestProvider, type TestProvider } from '../testing/test-provider.ts';

const CANARY = 'canary-7f3a';
const EMAIL = `${CANARY}@person.example`;
const API_KEY = `${CANARY}-api-key-0123456789`;
const OPAQUE = `${CANARY}-opaque-token`;
const key = createTestKey('HS256', 'k1');
const wrongKey = createTestKey('HS256', 'k2');
const good = mintToken(key, { claims: { email: EMAIL, name: CANARY, iss: 'https://internal.example/' } });
const badSignature = mintToken(wrongKey, {
  header: { kid: 'k1' },
  claims: { iss: 'https://internal.example/', email: EMAIL },
});
const expired = mintToken(key, { claims: { iss: 'https://internal.example/', exp: 1, email: EMAIL } });
const garbledHeader = signText(key, `{"alg":"HS256","kid":"${CANARY}","x":"${CANARY}"`, '{}');

/** Everywhere that a client can put text, with a canary in it. */
const inputs: readonly TestHeaders[] = [
  { authorization: `Bearer ${good}` },
  { authorization: `Bearer ${badSignature}` },
  { authorization: `Bearer ${expired}` },
  { authorization: `Bearer ${garbledHeader}` },
  { authorization: `Bearer ${OPAQUE}` },
  { authorization: `Bearer ${OPAQUE}-down` },
  { authorization: `Basic ${Buffer.from(`${CANARY}:${CANARY}`).toString('base64')}` },
  { authorization: `${CANARY} ${good}` },
  { authorization: CANARY.repeat(2_000) },
  { 'x-api-key': API_KEY },
  { 'x-api-key': `${CANARY}-unknown-key-012345` },
  {
    cookie: `session=${CANARY}`,
    'x-custom': CANARY,
    'user-agent': CANARY,
    authorization: `Bearer ${CANARY}`,
  },
];

describe('the built authorizer, with canaries planted in every input', () => {
  let provider: TestProvider;
  let bundle: BundleProcess;

  beforeAll(async () => {
    provider = await startTestProvider({
      jwks: { keys: [] },
      secrets: { 'signing-key': JSON.stringify(key.jwk), 'client-secret': `${CANARY}-client-secret` },
      introspect: (token) => ({ active: token === OPAQUE, sub: 'alice', email: EMAIL, username: EMAIL }),
    });
    const token = {
      issuers: [
        {
          issuer: 'https://internal.example/',
          algorithms: ['HS256'],
          secretArn: 'signing-key',
          audience: [TEST_CLAIMS.aud],
        },
      ],
      introspection: {
        issuer: 'https://opaque.example/',
        endpoint: `${provider.origin}/introspect`,
        clientId: 'api',
        secretArn: 'client-secret',
      },
    };
    const request = {
      allowedAddresses: ['203.0.113.0/24'],
      apiKeys: [{ id: 'partner', sha256: createHash('sha256').update(API_KEY).digest('hex'), scopes: [] }],
    };
    bundle = await startBundle(
      {
        ...provider.environment,
        AUTH_CONFIG: JSON.stringify(token),
        REQUEST_AUTH_CONFIG: JSON.stringify(request),
        POWERTOOLS_LOG_LEVEL: 'DEBUG',
        ENVIRONMENT: 'dev',
      },
      TEST_NOW_SECONDS * 1000,
    );
  });

  afterAll(async () => {
    await bundle.close();
    await provider.close();
  });

  it('lets none of them out: no result, no error, no log line', async () => {
    const answers: string[] = [];
    const askAll = async (): Promise<void> => {
      for (const kind of Object.keys(AUTHORIZER_EVENTS) as AuthorizerEventKind[]) {
        for (const headers of inputs) {
          const event = { ...AUTHORIZER_EVENTS[kind]({ headers }), body: CANARY };
          for (const name of ['token', 'request'] as const) {
            const { result, error } = await bundle.invoke(name, event);
            answers.push(JSON.stringify([result, error?.name, error?.message]));
          }
        }
      }
    };
    await askAll();
    provider.isDown = true;
    await askAll();
    provider.isDown = false;

    expect(answers.some((answer) => answer.includes('"Allow"'))).toBe(true);
    expect(answers.some((answer) => answer.includes('Unauthorized'))).toBe(true);
    const secrets = [
      CANARY,
      key.jwk.k!,
      API_KEY,
      EMAIL,
      ...[good, badSignature, expired].flatMap((text) => text.split('.').slice(1)),
    ];
    for (const secret of secrets) {
      expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
      expect(
        bundle
          .output()
          .split('\n')
          .filter((line) => line.includes(secret)),
      ).toEqual([]);
    }
  });

  it('writes why it refused', () => {
    for (const code of [
      'AUTH_TOKEN_SIGNATURE',
      'AUTH_TOKEN_EXPIRED',
      'AUTH_API_KEY_UNKNOWN',
      'AUTH_HEADER_MALFORMED',
    ]) {
      expect(bundle.output()).toContain(code);
    }
  });

  it('fails, and counts the outage, when the provider is down and nothing is held', async () => {
    provider.isDown = true;
    const event = AUTHORIZER_EVENTS['HTTP 2.0']({
      headers: { authorization: 'Bearer another-opaque-token' },
    });
    const { error } = await bundle.invoke('token', event);
    expect(error?.message).toBe('AUTH_INTROSPECTION_DOWN');
    expect(bundle.output()).toContain('"AuthorizerOutage"');
  });
});
