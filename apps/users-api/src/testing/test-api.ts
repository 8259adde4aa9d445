import { randomUUID } from 'node:crypto';
import { servicePrincipal, subjectOf, toAuthorizerContext, type Principal } from '@gatehouse/auth';
import type { Front, HttpHandler, IdempotencyStore, RequestEnd } from '@gatehouse/http';
import {
  createMemoryIdempotencyStore,
  EVENT_BUILDERS,
  readResult,
  type ReadResult,
  type RequestSpec,
} from '@gatehouse/http/testing';
import { SCOPES, type Scope, type UserRepresentation } from '@gatehouse/users-contract';
import { createAuthenticate, type AuthenticateOptions } from '../authenticate.ts';
import { createUsersApi } from '../create-users-api.ts';
import { createInMemoryUsersStore } from '../store/testing/in-memory-users-store.ts';
import type { UsersStore } from '../store/users-store.ts';

const ISSUER = 'https://issuer.example/';
/** When every test begins. */
export const START_MS = Date.UTC(2026, 10, 22, 10);

/** A person with these scopes, as an access token would say. */
export function person(sub: string, ...scopes: readonly Scope[]): Principal {
  return {
    kind: 'user',
    issuer: ISSUER,
    sub,
    subject: subjectOf(ISSUER, sub),
    scopes,
    expiresAtSeconds: START_MS / 1000 + 86_400,
  };
}

export const ada = person('ada', SCOPES.read, SCOPES.write);
export const bob = person('bob', SCOPES.read, SCOPES.write);
export const admin = person('root', SCOPES.admin);
export const service = servicePrincipal({
  arn: 'arn:aws:sts::123456789012:assumed-role/webhook-processor/1',
  accountId: '123456789012',
  scopes: [],
});

export interface CallSpec extends Omit<RequestSpec, 'authorizer'> {
  readonly as?: Principal;
  /** Default: an HTTP API with payload 2.0. */
  readonly front?: Front;
}

export interface TestApi {
  readonly store: UsersStore;
  /** Milliseconds since the epoch; a test may set it. */
  nowMs: number;
  /** Every request so far, as it ended. */
  readonly ended: RequestEnd[];
  /** The Lambda handler itself. */
  readonly handle: HttpHandler;
  /** Sends a request; `context` is what Lambda says of the invocation. Default: time without end. */
  call(spec: CallSpec, context?: Parameters<HttpHandler>[1]): Promise<ReadResult>;
  /** Creates a user as `as` and answers it. */
  create(as: Principal, body?: Readonly<Record<string, unknown>>): Promise<UserRepresentation>;
}

/** What the front hands over for a principal: a Lambda authorizer's context, or IAM's identity. */
export function authorizerOf(principal: Principal | undefined): Pick<RequestSpec, 'authorizer'> {
  if (principal === undefined) {
    return {};
  }
  if (principal.kind === 'service') {
    const { arn, accountId } = principal;
    const iam = {
      kind: 'iam',
      arn,
      accountId,
      userId: 'AROA:1',
      callerId: 'AROA:1',
      accessKey: 'ASIA',
    } as const;
    return { authorizer: iam };
  }
  return { authorizer: { kind: 'lambda', context: { ...toAuthorizerContext(principal) } } };
}

export interface TestApiOptions {
  readonly store?: UsersStore;
  readonly idempotencyStore?: IdempotencyStore;
  readonly authentication?: AuthenticateOptions;
}

/** The whole app but for its main.ts: handler, guard, routes and domain on a store in memory. */
export function createTestApi({
  store = createInMemoryUsersStore(),
  idempotencyStore = createMemoryIdempotencyStore(),
  authentication = {},
}: TestApiOptions = {}): TestApi {
  const api: TestApi = {
    store,
    nowMs: START_MS,
    ended: [],
    handle: async (event, context) => handler(event, context),
    call: async ({ as, front = 'http-2.0', ...spec }, context) =>
      readResult(await handler(EVENT_BUILDERS[front]({ ...spec, ...authorizerOf(as) }), context)),
    create: async (as, body = {}) => {
      const email = `${randomUUID()}@example.com`;
      const result = await api.call({
        as,
        method: 'POST',
        path: '/users',
        json: { email, name: 'Somebody', ...body },
      });
      if (result.status !== 201) {
        throw new Error(`Creating answered ${result.status}: ${result.text}`);
      }
      return result.json() as UserRepresentation;
    },
  };
  const clock = (): number => api.nowMs;
  const handler = createUsersApi({
    store,
    idempotencyStore,
    clock,
    newId: randomUUID,
    authenticate: createAuthenticate(authentication),
    validateResponses: true,
    cors: { origins: ['https://app.example.com'] },
    onRequestEnd: (end) => void api.ended.push(end),
    onIdempotencyError: (error) => {
      throw error;
    },
  });
  return api;
}
