import type { Environment } from '../environments/environment.ts';
import { introspectionSecretName } from '../names.ts';

/**
 * The value of AUTH_CONFIG, before it is made text: the environment's issuers, with the generated secret where an
 * issuer is the environment's own.
 *
 * @param signingKeyArn of the secret that holds the internal issuer's key, as a JWK; needed where there is such an issuer.
 */
export function authConfig(
  { name, authorizer }: Environment,
  signingKeyArn: string | undefined,
): Record<string, unknown> {
  const { introspection } = authorizer;
  return {
    issuers: authorizer.issuers.map(({ keys, ...issuer }) => ({
      ...issuer,
      ...(keys === 'internal' ? { secretArn: signingKeyArn } : { jwksUri: keys.jwksUri }),
    })),
    ...(introspection !== undefined && {
      introspection: { ...introspection, secretArn: introspectionSecretName(name) },
    }),
    maxTokenBytes: authorizer.maxTokenBytes,
    simpleResponses: authorizer.simpleResponses,
    ...(authorizer.anyScope !== undefined && { anyScope: authorizer.anyScope }),
  };
}

/** The value of REQUEST_AUTH_CONFIG, before it is made text: addresses, and API keys or the tokens of AUTH_CONFIG. */
export function requestAuthConfig(
  environment: Environment,
  signingKeyArn: string | undefined,
): Record<string, unknown> {
  const { request, simpleResponses } = environment.authorizer;
  return {
    ...request,
    ...(request?.apiKeys === undefined
      ? { token: authConfig(environment, signingKeyArn) }
      : { usagePlan: environment.usagePlans?.keySource === 'authorizer' }),
    simpleResponses,
  };
}

/** Whether any issuer is the environment itself, and so needs the generated key. */
export function hasInternalIssuer({ authorizer }: Environment): boolean {
  return authorizer.issuers.some(({ keys }) => keys === 'internal');
}
