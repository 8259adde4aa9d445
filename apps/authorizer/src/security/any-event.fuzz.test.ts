import fc from 'fast-check';
import {
  createSecretKeySource,
  createTokenVerifier,
  parseAuthConfig,
  parseRequestAuthConfig,
} from '@gatehouse/auth';
import { createTestKey, mintToken, TEST_CLAIMS, TEST_NOW_SECONDS } from '@gatehouse/auth/testing';
import type { Authorizer, Report } from '../create-authorizer.ts';
import { createRequestAuthorizer } from '../request/request-authorizer.ts';
import { AUTHORIZER_EVENTS, type AuthorizerEventKind } from '../testing/events.ts';
import { createTokenAuthorizer } from '../token/token-authorizer.ts';

const key = createTestKey('HS256', 'k1');
const good = mintToken(key);
const clock = (): number => TEST_NOW_SECONDS * 1000;
const tokenConfig = {
  issuers: [
    { issuer: TEST_CLAIMS.iss, algorithms: ['HS256'], secretArn: 'arn', audience: [TEST_CLAIMS.aud] },
  ],
  anyScope: ['users:read'],
};
const config = parseAuthConfig(JSON.stringify(tokenConfig));
const verifier = createTokenVerifier(config, {
  clock,
  keysOf: () =>
    createSecretKeySource({
      secretArn: 'arn',
      kid: undefined,
      algorithms: ['HS256'],
      clock,
      readSecret: async (_, stage) => (stage === 'AWSCURRENT' ? JSON.stringify(key.jwk) : undefined),
    }),
});
const authorizers: Readonly<Record<string, Authorizer>> = {
  token: createTokenAuthorizer(config, verifier),
  request: createRequestAuthorizer(
    parseRequestAuthConfig(JSON.stringify({ allowedAddresses: ['0.0.0.0/0', '::/0'], token: tokenConfig })),
    () => verifier,
  ),
};

/** Allow, Deny or "Unauthorized"; anything else is told as it is. */
async function answerOf(authorizer: Authorizer, event: unknown): Promise<string> {
  const reports: Report[] = [];
  try {
    const result = await authorizer(event, (report) => reports.push(report));
    return 'policyDocument' in result
      ? result.policyDocument.Statement[0].Effect
      : String(result.isAuthorized);
  } catch (error) {
    return error instanceof Error ? error.message : `threw ${String(error)}`;
  } finally {
    expect(reports).toHaveLength(1);
  }
}

/** The parts of a right token, whole or with a piece put in or taken out: near enough to pass the first checks. */
const nearToken = fc
  .tuple(fc.nat(good.length), fc.nat(12), fc.string({ maxLength: 8 }))
  .map(([at, removed, added]) => good.slice(0, at) + added + good.slice(at + removed));
const signed = fc
  .tuple(
    fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue()),
    fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue()),
  )
  .map(([header, claims]) => mintToken(key, { header, claims }));
const headerValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  nearToken.map((token) => `Bearer ${token}`),
  signed.map((token) => `Bearer ${token}`),
  fc.constant(`Bearer ${good}`),
);
const ANSWERS = ['Allow', 'Deny', 'Unauthorized'];
const kinds = Object.keys(AUTHORIZER_EVENTS) as AuthorizerEventKind[];

describe.each(Object.entries(authorizers))('the %s authorizer', (_, authorizer) => {
  it.each(kinds)(
    'answers any Authorization header of a %s event by Allow, Deny or "Unauthorized"',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(headerValue, async (authorization) => {
          const answer = await answerOf(authorizer, AUTHORIZER_EVENTS[kind]({ headers: { authorization } }));
          expect(ANSWERS).toContain(answer);
        }),
        { numRuns: 500 },
      );
    },
  );

  it('answers any event at all so', async () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(anything, async (event) => {
        expect(ANSWERS).toContain(await answerOf(authorizer, event));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(kinds)('answers a %s event with any member replaced so', async (kind) => {
    const event = AUTHORIZER_EVENTS[kind]({ headers: { authorization: `Bearer ${good}` } });
    const member = fc.constantFrom(...Object.keys(event));
    await fc.assert(
      fc.asyncProperty(member, fc.anything({ maxDepth: 2 }), async (name, value) => {
        expect(ANSWERS).toContain(await answerOf(authorizer, { ...event, [name]: value }));
      }),
      { numRuns: 500 },
    );
  });
});
