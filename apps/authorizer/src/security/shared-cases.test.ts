import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startBundle, type BundleProcess } from '../testing/bundle-process.ts';
import { AUTHORIZER_EVENTS, type TestHeaders } from '../testing/events.ts';
import { startTestProvider, type TestProvider } from '../testing/test-provider.ts';
import {
  answersTo,
  createClassCounter,
  printReport,
  statusOf,
  type AttackCase,
  type Verdict,
} from '../testing/attacks/attack-case.ts';

interface SharedCases {
  readonly meta: {
    readonly clockSec: number;
    readonly config: {
      readonly clockToleranceSec: number;
      readonly maxTokenBytes: number;
      readonly issuers: readonly {
        readonly iss: string;
        readonly algs: readonly string[];
        readonly kid?: string;
      }[];
      readonly audience: string;
      readonly requiredTyp: string;
      readonly requiredScope: string;
    };
  };
  readonly keys: {
    readonly hs256SecretBase64url: string;
    readonly jwks: { readonly keys: readonly object[] };
  };
  readonly cases: readonly {
    readonly id: string;
    readonly class: string;
    readonly request: { readonly headers: TestHeaders };
    readonly tokenSpec?: { readonly char: string; readonly length: number };
    readonly expected: Verdict;
  }[];
}

// The data stay outside the repository: GATEHOUSE_SHARED names the folder, from the workspace's root.
const folder = process.env['GATEHOUSE_SHARED'];
const file = folder && resolve(__dirname, '../../../..', folder, 'security/jwt-cases.json');
const isPresent = file !== undefined && file !== '' && existsSync(file);
const describeWithData = isPresent ? describe : describe.skip;
if (!isPresent) {
  process.stdout.write(
    'skipped: the shared JWT cases (set GATEHOUSE_SHARED to the folder that holds security/)\n',
  );
}
const shared = isPresent ? (JSON.parse(readFileSync(file, 'utf8')) as SharedCases) : undefined;

const attacks: readonly AttackCase[] = (shared?.cases ?? []).map((entry) => ({
  id: entry.id,
  class: entry.class,
  expected: entry.expected,
  headers:
    entry.tokenSpec === undefined
      ? entry.request.headers
      : { authorization: `Bearer ${entry.tokenSpec.char.repeat(entry.tokenSpec.length)}` },
}));

function environmentOf({ meta, keys }: SharedCases, provider: TestProvider): Record<string, string> {
  const { config } = meta;
  const issuers = config.issuers.map(({ iss, algs, kid }) => ({
    issuer: iss,
    algorithms: algs,
    ...(algs.includes('HS256') ? { secretArn: 'signing-key', kid } : { jwksUri: `${provider.origin}/jwks` }),
    typ: [config.requiredTyp],
    audience: [config.audience],
    clockToleranceSeconds: config.clockToleranceSec,
  }));
  expect(keys.jwks.keys.length).toBeGreaterThan(0);
  return {
    ...provider.environment,
    AUTH_CONFIG: JSON.stringify({
      issuers,
      maxTokenBytes: config.maxTokenBytes,
      anyScope: [config.requiredScope],
      revokedTokenIds: ['revoked-1'],
    }),
  };
}

describeWithData('the built authorizer, asked the shared cases with the clock frozen', () => {
  const data = shared!;
  const counter = createClassCounter();
  let provider: TestProvider;
  let bundle: BundleProcess;

  beforeAll(async () => {
    const jwk = { kty: 'oct', kid: 'hs-1', k: data.keys.hs256SecretBase64url };
    provider = await startTestProvider({
      jwks: data.keys.jwks,
      secrets: { 'signing-key': JSON.stringify(jwk) },
    });
    bundle = await startBundle(environmentOf(data, provider), data.meta.clockSec * 1000);
  });

  afterAll(async () => {
    printReport('shared JWT cases, right of all, by class:', counter.report());
    await bundle.close();
    await provider.close();
  });

  it('has the cases', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(83);
  });

  it.each(attacks.map((attack) => [`${attack.id} (${attack.class})`, attack.expected, attack] as const))(
    'answers %s with %i, as every kind of event',
    async (_, expected, attack) => {
      const answers = await answersTo(bundle, attack);
      counter.count(attack, answers);
      expect(answers).toEqual([expected]);
    },
  );

  it('opens connections to its own provider and secret store alone, whatever a header points at', async () => {
    const known = [
      new URL(provider.origin).host,
      provider.environment['AWS_ENDPOINT_URL_SECRETS_MANAGER']!.slice(7),
    ];
    for (const attack of attacks.filter(({ class: name }) =>
      ['ssrf', 'header-key', 'kid-injection'].includes(name),
    )) {
      const { connections } = await bundle.invoke(
        'token',
        AUTHORIZER_EVENTS['REST REQUEST']({ headers: attack.headers }),
      );
      expect(connections.filter((host) => !known.includes(host))).toEqual([]);
    }
    expect(new Set(provider.requests)).toEqual(new Set(['/jwks', 'secret:signing-key']));
  });

  it('asks for the key set once, however many unknown key ids there are', async () => {
    const attack = attacks.find(({ class: name }) => name === 'jwks-dos')!;
    const event = AUTHORIZER_EVENTS['HTTP 2.0']({ headers: attack.headers });
    for (let batch = 0; batch < 100; batch += 1) {
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => bundle.invoke('token', event)));
      expect(new Set(outcomes.map(statusOf))).toEqual(new Set([401]));
    }
    expect(provider.requests.filter((path) => path === '/jwks')).toHaveLength(1);
  });

  it('writes no token, and no part of one, to its log', () => {
    const output = bundle.output();
    expect(output).toContain('AUTH_TOKEN_');
    for (const { headers } of attacks) {
      for (const value of Object.values(headers).flat()) {
        const token = value.split(' ').at(-1) ?? '';
        const [, payload = '', signature = ''] = token.split('.');
        for (const secret of [token, payload, signature]) {
          if (secret.length > 16) expect(output).not.toContain(secret);
        }
      }
    }
  });
});
