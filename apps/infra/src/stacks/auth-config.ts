import type { Environment } from '../environments/environment.ts';

/**
 * The value of AUTH_CONFIG, before it is made text: the environment's issuers, with the generated secret where an
 * issuer is the environment's own.
 *
 * @param signingKeyArn of the secret that holds the internal issuer's key, as a JWK; needed where there is such an issuer.
 */
export function authConfig(
  { authorizer }: Environment,
  signingKeyArn: string | undefined,
): Record<string, unknown> {
  return {
    issuers: authorizer.issuers.map(({ keys, ...issuer }) => ({
      ...issuer,
      ...(keys === 'internal' ? { secretArn: signingKeyArn } : { jwksUri: keys.jwksUri }),
    })),
    maxTokenBytes: authorizer.maxTokenBytes,
    simpleResponses: authorizer.simpleResponses,
    ...(authorizer.anyScope !== undefined && { anyScope: authorizer.anyScope }),
  };
}

/** Whether any issuer is the environment itself, and so needs the generated key. */
export function hasInternalIssuer({ authorizer }: Environment): boolean {
  return authorizer.issuers.some(({ keys }) => keys === 'internal');
}
