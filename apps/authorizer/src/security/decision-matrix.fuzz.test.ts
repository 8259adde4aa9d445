import fc from 'fast-check';
import {
  hasAnyScope,
  parseAuthConfig,
  principalFromContext,
  AuthError,
  type TokenVerifier,
  type UserPrincipal,
} from '@gatehouse/auth';
import {
  authorizerResult,
  createHttpHandler,
  guard,
  type Contract,
  type Handler,
  type HttpHandler,
} from '@gatehouse/http';
import type { AuthorizerResult } from '../create-authorizer.ts';
import { GATEWAY_MODELS, type GatewayModel, type RoutedRequest } from '../testing/gateway-model.ts';
import { createTokenAuthorizer } from '../token/token-authorizer.ts';

const SCOPES = ['users:read', 'users:write', 'users:admin', 'orders:read'];
const API_SCOPES = ['users:read', 'users:write', 'users:admin'];
const START = 1_767_225_600;
const TTL_SECONDS = 300;

/** A route as a contract has it. */
interface Route {
  /** What stands behind `/rN/` in a request's path, and so in the method ARN: the caller's own text. */
  readonly tail: string;
  readonly access:
    { readonly kind: 'public' } | { readonly kind: 'scopes' | 'internal'; readonly anyOf: readonly string[] };
}

/** A token as the identity provider knows it. */
interface Token {
  readonly isGenuine: boolean;
  readonly scopes: readonly string[];
  readonly expiresAtSeconds: number;
}

const guarded = fc.record({
  kind: fc.constantFrom('scopes' as const, 'internal' as const),
  anyOf: fc.uniqueArray(fc.constantFrom(...SCOPES), { minLength: 1, maxLength: 3 }),
});
const routes: fc.Arbitrary<readonly Route[]> = fc.array(
  fc.record({
    tail: fc.stringMatching(/^[a-z*?/${}]{1,12}$/),
    access: fc.oneof(
      { weight: 5, arbitrary: guarded },
      { weight: 1, arbitrary: fc.constant({ kind: 'public' as const }) },
    ),
  }),
  { minLength: 1, maxLength: 6 },
);
const tokens = fc.array(
  fc.record({
    isGenuine: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    scopes: fc.uniqueArray(fc.constantFrom(...SCOPES), { maxLength: 4 }),
    expiresAtSeconds: fc.integer({ min: START - 60, max: START + 900 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const calls = fc.array(fc.record({ route: fc.nat(5), token: fc.nat(3), afterSeconds: fc.nat(200) }), {
  minLength: 1,
  maxLength: 12,
});

const configOf = (simpleResponses: boolean) =>
  parseAuthConfig(
    JSON.stringify({
      issuers: [{ issuer: 'i', algorithms: ['HS256'], secretArn: 'arn', audience: ['api'] }],
      anyScope: API_SCOPES,
      simpleResponses,
    }),
  );

/** The handler behind the gateway: routes and guard are the ones that an app has, and every operation that lets a caller in says 200. */
function createHandler(contract: readonly Route[], clock: () => number): HttpHandler {
  const operations = contract.map(({ access }, index) => {
    const responses = { 200: { description: 'Let in.' } };
    return [
      `r${index}`,
      { method: 'GET', path: `/r${index}/{tail+}`, access, summary: 'Of a test.', responses },
    ];
  });
  const letIn: Handler<Contract[string], unknown> = () => ({ status: 200 });
  return createHttpHandler({
    contract: Object.fromEntries(operations) as Contract,
    handlers: Object.fromEntries(operations.map(([id]) => [id, letIn])),
    guard: guard({
      authenticate: (request) => {
        const authorizer = authorizerResult(request);
        return authorizer.kind === 'lambda' ? principalFromContext(authorizer.context) : undefined;
      },
    }),
    clock,
    onRequestEnd: () => undefined,
  });
}

interface Setting {
  readonly gateway: GatewayModel;
  readonly contract: readonly Route[];
  readonly known: readonly Token[];
  /** How long the gateway keeps an authorizer's answer. */
  readonly ttlSeconds: number;
}

/** An API: its gateway, with or without a cache of authorizer results, and the handler behind it. */
function createApi({ gateway, contract, known, ttlSeconds }: Setting) {
  let nowSeconds = START;
  const verifier: TokenVerifier = {
    verify: async ([authorization = '']) => {
      const token = known[Number(authorization)];
      if (token?.isGenuine !== true) throw new AuthError('AUTH_TOKEN_SIGNATURE');
      if (nowSeconds >= token.expiresAtSeconds) throw new AuthError('AUTH_TOKEN_EXPIRED');
      const principal: UserPrincipal = {
        kind: 'user',
        issuer: 'i',
        sub: authorization,
        subject: `i#${authorization}`,
        scopes: token.scopes,
        expiresAtSeconds: token.expiresAtSeconds,
      };
      return principal;
    },
  };
  const authorize = createTokenAuthorizer(configOf(gateway.simpleResponses), verifier);
  const cache = new Map<string, { readonly result: AuthorizerResult; readonly untilSeconds: number }>();

  async function resultFor(request: RoutedRequest): Promise<AuthorizerResult | undefined> {
    const held = cache.get(request.authorization);
    if (held !== undefined && nowSeconds < held.untilSeconds) return held.result;
    try {
      const result = await authorize(gateway.authorizerEvent(request), () => undefined);
      cache.set(request.authorization, { result, untilSeconds: nowSeconds + ttlSeconds });
      return result;
    } catch (error) {
      // API Gateway does not keep a failed authorisation.
      if (error instanceof Error && error.message === 'Unauthorized') return undefined;
      throw error;
    }
  }

  const handle = createHandler(contract, () => nowSeconds * 1000);

  return {
    async call(index: number, token: number, afterSeconds: number): Promise<number> {
      nowSeconds += afterSeconds;
      const { tail, access } = contract[index]!;
      const request: RoutedRequest = {
        authorization: String(token),
        path: `/r${index}/${tail}`,
        encodedPath: `/r${index}/${encodeURIComponent(tail)}`,
      };
      if (access.kind === 'public') return (await handle(gateway.handlerEvent(request))).statusCode;

      const result = await resultFor(request);
      if (result === undefined) return 401;
      if (!gateway.admits(result, request)) return 403;
      return (await handle(gateway.handlerEvent(request, result))).statusCode;
    },
  };
}

/** What the answer has to be, from the contract and the token alone. */
function expectedStatus({ access }: Route, token: Token | undefined, nowSeconds: number): number {
  if (access.kind === 'public') return 200;
  if (token?.isGenuine !== true || nowSeconds >= token.expiresAtSeconds) return 401;
  if (!hasAnyScope(token.scopes, API_SCOPES)) return 403;
  return access.kind === 'scopes' && hasAnyScope(token.scopes, access.anyOf) ? 200 : 403;
}

describe.each(Object.entries(GATEWAY_MODELS))('%s and the guard together', (_, gateway) => {
  it('decide with a cache as without one, and as the contract says, for every order of calls', async () => {
    let samples = 0;
    await fc.assert(
      fc.asyncProperty(routes, tokens, calls, async (contract, known, sequence) => {
        const cached = createApi({ gateway, contract, known, ttlSeconds: TTL_SECONDS });
        const uncached = createApi({ gateway, contract, known, ttlSeconds: 0 });
        let nowSeconds = START;
        for (const { route: routeIndex, token, afterSeconds } of sequence) {
          const index = routeIndex % contract.length;
          nowSeconds += afterSeconds;
          const answers = [
            await cached.call(index, token, afterSeconds),
            await uncached.call(index, token, afterSeconds),
          ];
          const expected = expectedStatus(contract[index]!, known[token], nowSeconds);
          const isDeniedAndExpired = expected === 401 && known[token]?.isGenuine === true;
          // A cached Deny may outlive its token: still refused, by 403 in place of 401.
          if (isDeniedAndExpired && answers[0] === 403) answers[0] = 401;
          expect(answers).toEqual([expected, expected]);
          samples += 1;
        }
      }),
      { numRuns: 4_000 },
    );
    expect(samples).toBeGreaterThanOrEqual(20_000);
  }, 120_000);
});
