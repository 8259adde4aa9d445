import type { TokenVerifier } from '@gatehouse/auth';
import {
  isAuthError,
  principalFromContext,
  servicePrincipal,
  type Principal,
} from '@gatehouse/auth/principal';
import { authorizerResult, type HttpRequest } from '@gatehouse/http';
import { SCOPES } from '@gatehouse/users-contract';
import { UsersError } from './model/errors.ts';

export interface AuthenticateOptions {
  /** Verifies bearer tokens on a function URL without an authorizer; asked for at the first such request. */
  readonly loadVerifier?: () => Promise<TokenVerifier>;
  /** Scopes of a caller that IAM authenticated on a public front; see iam-routes.ts. Default: none. */
  readonly iamScopes?: readonly string[];
}

/** Who calls, or `undefined` for nobody. */
export type Authenticate = (request: HttpRequest) => Principal | undefined | Promise<Principal | undefined>;

/**
 * Tells who calls by what the front says; a header counts on a function URL with auth type NONE alone, where it is verified.
 *
 * - A Lambda authorizer's context is the principal that libs/auth put into it.
 * - A caller that IAM authenticated is a service. Only on the function URL does it get the internal scope: the public
 *   fronts refuse internal operations, whoever signs, and others but on routes that take signatures.
 * - On a function URL without either, the bearer token is verified as the authorizer would.
 * - Anything else is nobody.
 *
 * Throws `USERS_AUTHENTICATION_UNAVAILABLE` when keys cannot be had, so that a good token is never answered 401.
 */
export function createAuthenticate({ loadVerifier, iamScopes = [] }: AuthenticateOptions = {}): Authenticate {
  return (request) => {
    const authorizer = authorizerResult(request);
    const { front } = request;
    switch (authorizer.kind) {
      case 'lambda':
        return principalFromContext(authorizer.context);
      case 'iam':
        return servicePrincipal({
          arn: authorizer.arn,
          accountId: authorizer.accountId,
          scopes: front === 'url' ? [SCOPES.internal] : iamScopes,
        });
      case 'jwt':
        return undefined;
      case 'none':
        return front === 'url' && loadVerifier !== undefined ? verify(request, loadVerifier) : undefined;
    }
  };
}

async function verify(
  request: HttpRequest,
  loadVerifier: () => Promise<TokenVerifier>,
): Promise<Principal | undefined> {
  const verifier = await loadVerifier();
  try {
    return await verifier.verify(request.headers['authorization'] ?? []);
  } catch (error) {
    if (isAuthError(error) && error.kind === 'unauthenticated') {
      return undefined;
    }
    if (isAuthError(error) && error.kind === 'outage') {
      throw new UsersError('USERS_AUTHENTICATION_UNAVAILABLE', 'Tokens cannot be verified now.', {
        cause: error,
        retryAfterSeconds: 5,
      });
    }
    throw error;
  }
}
