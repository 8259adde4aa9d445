import { hasAnyScope, type AuthConfig, type TokenVerifier } from '@gatehouse/auth';
import { createAuthorizer, type Decision } from '../create-authorizer.ts';
import type { AuthorizerEvent } from '../event/authorizer-event.ts';

/** The token authorizer: who holds a valid bearer token and any scope of this API may come in. */
export function createTokenAuthorizer(config: AuthConfig, verifier: TokenVerifier) {
  return createAuthorizer({
    simpleResponses: config.simpleResponses,
    decide: decideByToken(config, verifier),
  });
}

/** Allow to a valid token with any scope of this API, Deny to one with none; what the verifier throws otherwise. */
export function decideByToken(config: AuthConfig, verifier: TokenVerifier) {
  return async (event: AuthorizerEvent): Promise<Decision> => {
    const principal = await verifier.verify(event.header('authorization'));
    const isKnownHere = config.anyScope.length === 0 || hasAnyScope(principal.scopes, config.anyScope);
    return isKnownHere
      ? { effect: 'Allow', principal }
      : { effect: 'Deny', principalId: principal.subject, code: 'AUTHORIZER_NO_SCOPE' };
  };
}
