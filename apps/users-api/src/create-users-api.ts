import type { Principal } from '@gatehouse/auth';
import {
  compression,
  conditional,
  cors,
  createHttpHandler,
  guard,
  idempotency,
  responseValidation,
  type CorsDeclaration,
  type HttpHandler,
  type IdempotencyStore,
  type RequestEnd,
} from '@gatehouse/http';
import { usersContract } from '@gatehouse/users-contract';
import type { Authenticate } from './authenticate.ts';
import type { UsersDependencies } from './domain/dependencies.ts';
import { mapError } from './error-map.ts';
import { createRoutes } from './routes.ts';

export interface UsersApiOptions extends UsersDependencies {
  readonly idempotencyStore: IdempotencyStore;
  readonly authenticate: Authenticate;
  readonly cors: CorsDeclaration;
  /** Prefix under which a custom domain serves the API: `/v1`. Default none. */
  readonly basePath?: string;
  /** Hold each answer to its schema; one that does not fit is a 500. Default false. */
  readonly validateResponses?: boolean;
  /** Told of each request when it is answered. */
  readonly onRequestEnd: (end: RequestEnd) => void;
  /** Told of an answer that could not be kept for its Idempotency-Key; it goes out all the same. */
  readonly onIdempotencyError: (error: unknown) => void;
}

/** The users API as one Lambda handler, for every front. */
export function createUsersApi(options: UsersApiOptions): HttpHandler {
  const { authenticate, clock, basePath = '', onRequestEnd } = options;
  return createHttpHandler({
    contract: usersContract,
    handlers: createRoutes(options),
    guard: guard<Principal>({ authenticate }),
    mapError,
    basePath,
    clock,
    onRequestEnd,
    features: [
      cors(options.cors),
      conditional(),
      compression(),
      ...(options.validateResponses === true ? [responseValidation()] : []),
      idempotency<Principal>({
        store: options.idempotencyStore,
        callerOf: (principal) => principal?.subject ?? '',
        onStoreError: options.onIdempotencyError,
      }),
    ],
  });
}
