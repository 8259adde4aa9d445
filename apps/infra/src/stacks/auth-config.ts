import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import { introspectionSecretName } from '../names.ts';

/** What a configuration of callers is made of, beside the environment. */
export interface AuthConfigSources {
  /** Of the secret that holds the internal issuer's key, as a JWK; needed where there is such an issuer. */
  readonly signingKeyArn: string | undefined;
  readonly operations: readonly Operation[];
}

/**
 * The value of AUTH_CONFIG, before it is made text: the environment's issuers, with the generated secret where an
 * issuer is the environment's own, and the scopes of which a caller needs one: by the contract, unless the environment names them.
 */
export function authConfig(
  { name, authorizer }: Environment,
  { signingKeyArn, operations }: AuthConfigSources,
): Record<string, unknown> {
  const { introspection, anyScope = scopesOf(operations), revokedTokenIds } = authorizer;
  return {
    issuers: authorizer.issuers.map(({ keys, ...issuer }) => ({
      ...issuer,
      ...keyLocation(keys, signingKeyArn),
    })),
    ...(introspection !== undefined && {
      introspection: { ...introspection, secretArn: introspectionSecretName(name) },
    }),
    maxTokenBytes: authorizer.maxTokenBytes,
    simpleResponses: authorizer.simpleResponses,
    anyScope,
    ...(revokedTokenIds !== undefined && { revokedTokenIds }),
  };
}

type Keys = Environment['authorizer']['issuers'][number]['keys'];

/** A secret that people put there is told by its name: nobody knows its ARN's end beforehand, and Secrets Manager takes either. */
function keyLocation(keys: Keys, signingKeyArn: string | undefined): Readonly<Record<string, unknown>> {
  if (keys === 'internal') return { secretArn: signingKeyArn };
  if ('jwksUri' in keys) return keys;
  const { secretName, ...rest } = keys;
  return { secretArn: secretName, ...rest };
}

/** The scopes that let a caller do anything on a public front: an internal operation is on none. */
function scopesOf(operations: readonly Operation[]): readonly string[] {
  const scopes = operations.flatMap(({ access }) => (access.kind === 'scopes' ? access.anyOf : []));
  return [...new Set(scopes)].sort();
}

/** The value of REQUEST_AUTH_CONFIG, before it is made text: addresses, and API keys or the tokens of AUTH_CONFIG. */
export function requestAuthConfig(
  environment: Environment,
  sources: AuthConfigSources,
): Record<string, unknown> {
  const { request, simpleResponses } = environment.authorizer;
  return {
    ...request,
    ...(request?.apiKeys === undefined
      ? { token: authConfig(environment, sources) }
      : { usagePlan: environment.usagePlans?.keySource === 'authorizer' }),
    simpleResponses,
  };
}

/** Whether any issuer is the environment itself, and so needs the generated key. */
export function hasInternalIssuer({ authorizer }: Environment): boolean {
  return authorizer.issuers.some(({ keys }) => keys === 'internal');
}
