import { hasAnyScope, type AuthConfig, type TokenVerifier } from '@gatehouse/auth';
import { createAuthorizer, type Decision } from '../create-authorizer.ts';

/**
 * The token authorizer: who holds a valid bearer token and any scope of this API may come in.
 *
 * @param verifier throws as {@link TokenVerifier} says.
 */
export function createTokenAuthorizer(config: AuthConfig, verifier: TokenVerifier) {
  return createAuthorizer({
    simpleResponses: config.simpleResponses,
    async decide(event): Promise<Decision> {
      const principal = await verifier.verify(event.header('authorization'));
      const isKnownHere = config.anyScope.length === 0 || hasAnyScope(principal.scopes, config.anyScope);
      return isKnownHere
        ? { effect: 'Allow', principal }
        : { effect: 'Deny', principalId: principal.subject, code: 'AUTHORIZER_NO_SCOPE' };
    },
  });
}
