import {
  createAllowList,
  createApiKeyRegistry,
  type RequestAuthConfig,
  type TokenVerifier,
} from '@gatehouse/auth';
import { createAuthorizer, type Decision } from '../create-authorizer.ts';
import type { AuthorizerEvent } from '../event/authorizer-event.ts';
import { decideByToken } from '../token/token-authorizer.ts';

type DecideByCredential = (event: AuthorizerEvent) => Decision | Promise<Decision>;

/**
 * The request authorizer: who comes from an allowed address and presents an API key, or a token, may come in.
 *
 * The address is the one that the platform gives; `X-Forwarded-For` is the caller's own text. Both the address and the credential must
 * be identity sources of the gateway's authorizer, or its cache would answer for another address.
 *
 * @param verifierOf makes the verifier, where the configuration asks for a token.
 */
export function createRequestAuthorizer(
  config: RequestAuthConfig,
  verifierOf: (token: TokenConfig) => TokenVerifier,
) {
  const allowed = createAllowList(config.allowedAddresses);
  const decideByCredential = credentialDecision(config, verifierOf);
  return createAuthorizer({
    simpleResponses: config.simpleResponses,
    async decide(event) {
      return event.sourceIp !== undefined && allowed.includes(event.sourceIp)
        ? decideByCredential(event)
        : { effect: 'Deny', principalId: 'address-refused', code: 'AUTHORIZER_ADDRESS_REFUSED' };
    },
  });
}

type TokenConfig = Extract<RequestAuthConfig['credential'], { kind: 'token' }>['token'];

function credentialDecision(
  { credential }: RequestAuthConfig,
  verifierOf: (token: TokenConfig) => TokenVerifier,
): DecideByCredential {
  if (credential.kind === 'token') return decideByToken(credential.token, verifierOf(credential.token));

  const registry = createApiKeyRegistry(credential.keys);
  return (event) => {
    const { key, principal } = registry.identify(event.header(credential.header));
    return { effect: 'Allow', principal, ...(credential.usagePlan && { usageIdentifierKey: key }) };
  };
}
