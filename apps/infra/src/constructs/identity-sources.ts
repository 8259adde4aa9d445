import type { Environment } from '../environments/environment.ts';

/**
 * What has to be in a request before the authorizer is asked, and what its answer is cached under: `header.authorization`. For the
 * request kind the source address is always among it, with the credential: a cached answer would else let an address in that the
 * list does not have. Every front writes these in its own way.
 */
export function identitySourcesOf({ authorizer }: Environment): readonly string[] {
  if (authorizer.kind === 'token') return ['header.Authorization'];
  const { apiKeys, apiKeyHeader = 'x-api-key' } = authorizer.request ?? {};
  const credential = apiKeys === undefined ? 'header.authorization' : `header.${apiKeyHeader}`;
  return [...new Set([credential, 'context.identity.sourceIp', ...(authorizer.identitySources ?? [])])];
}
