import { TEST_CLAIMS, TEST_NOW_SECONDS } from '@gatehouse/auth/testing';
import { startBundle, type BundleProcess } from '../testing/bundle-process.ts';
import { startTestProvider, type TestProvider } from '../testing/test-provider.ts';
import { answersTo, createClassCounter, printReport } from '../testing/attacks/attack-case.ts';
import { ATTACK_CASES } from '../testing/attacks/attack-cases.ts';
import {
  INTERNAL_ISSUER,
  JWKS,
  MAX_TOKEN_BYTES,
  PUBLIC_ISSUER,
  REVOKED_TOKEN_ID,
  SECRET_JWK,
} from '../testing/attacks/test-identity.ts';

describe('the built authorizer, asked our own cases with the clock frozen', () => {
  const counter = createClassCounter();
  let provider: TestProvider;
  let bundle: BundleProcess;

  beforeAll(async () => {
    provider = await startTestProvider({
      jwks: JWKS,
      secrets: { 'signing-key': JSON.stringify(SECRET_JWK) },
    });
    const audience = [TEST_CLAIMS.aud];
    const config = {
      issuers: [
        { issuer: INTERNAL_ISSUER, algorithms: ['HS256'], secretArn: 'signing-key', audience },
        {
          issuer: PUBLIC_ISSUER,
          algorithms: ['RS256', 'ES256', 'EdDSA'],
          jwksUri: `${provider.origin}/jwks`,
          audience,
        },
      ],
      maxTokenBytes: MAX_TOKEN_BYTES,
      anyScope: ['users:read', 'users:write', 'users:admin'],
      revokedTokenIds: [REVOKED_TOKEN_ID],
    };
    const environment = { ...provider.environment, AUTH_CONFIG: JSON.stringify(config) };
    bundle = await startBundle(environment, TEST_NOW_SECONDS * 1000);
  });

  afterAll(async () => {
    printReport('own JWT cases, right of all, by class:', counter.report());
    await bundle.close();
    await provider.close();
  });

  it('has more than a hundred cases, each with a name of its own', () => {
    const names = ATTACK_CASES.map((attack) => `${attack.class}: ${attack.id}`);
    expect(names.length).toBeGreaterThan(100);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(ATTACK_CASES.map((attack) => [attack.class, attack.id, attack.expected, attack] as const))(
    '%s: answers %s with %i, as every kind of event',
    async (_, __, expected, attack) => {
      const answers = await answersTo(bundle, attack);
      counter.count(attack, answers);
      expect(answers).toEqual([expected]);
    },
  );

  it('asks its provider for the key set and the secret alone', () => {
    expect(new Set(provider.requests)).toEqual(new Set(['/jwks', 'secret:signing-key']));
  });
});
