import * as v from 'valibot';
import { addressRangeFault } from '../address/allow-list.ts';
import type { ApiKeyEntry } from '../api-key/api-key-registry.ts';
import { isScope } from '../principal/scopes.ts';
import { authConfigSchema, deepFreeze, readJson, toAuthConfig, type AuthConfig } from './auth-config.ts';

/** What the request authorizer asks of a request: its address, and an API key or a token besides. Frozen. */
export interface RequestAuthConfig {
  /** Ranges in CIDR notation that a request may come from. */
  readonly allowedAddresses: readonly string[];
  readonly credential:
    | {
        readonly kind: 'api-key';
        /** The header of the key, lower case. */
        readonly header: string;
        readonly keys: readonly ApiKeyEntry[];
        /** Hand the key on as `usageIdentifierKey`, so that a usage plan with `apiKeySource: AUTHORIZER` counts it. */
        readonly usagePlan: boolean;
      }
    | { readonly kind: 'token'; readonly token: AuthConfig };
  readonly simpleResponses: boolean;
}

const range = v.pipe(
  v.string(),
  v.check(
    (text: string) => addressRangeFault(text) === undefined,
    ({ input }) => addressRangeFault(input) ?? '',
  ),
);
const apiKeySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  scopes: v.array(
    v.pipe(
      v.string(),
      v.check((value: string) => isScope(value)),
    ),
  ),
});
const apiKeysSchema = v.pipe(
  v.array(apiKeySchema),
  v.nonEmpty(),
  v.check((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'names a key twice'),
);

const requestAuthConfigSchema = v.pipe(
  v.strictObject({
    allowedAddresses: v.pipe(v.array(range), v.nonEmpty('must not be empty')),
    apiKeys: v.optional(apiKeysSchema),
    apiKeyHeader: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)), 'x-api-key'),
    usagePlan: v.optional(v.boolean(), false),
    token: v.optional(authConfigSchema),
    simpleResponses: v.optional(v.boolean(), false),
  }),
  v.check((input) => (input.apiKeys === undefined) !== (input.token === undefined), 'needs apiKeys or token'),
);

/** The JSON that {@link parseRequestAuthConfig} reads. */
export type RequestAuthConfigInput = v.InferInput<typeof requestAuthConfigSchema>;

/**
 * Parses the request authorizer's configuration (the environment variable REQUEST_AUTH_CONFIG). Unknown members are errors.
 *
 * @throws AuthError `AUTH_CONFIG_INVALID`; its detail names the member and the rule.
 */
export function parseRequestAuthConfig(json: string): RequestAuthConfig {
  const { allowedAddresses, apiKeys, apiKeyHeader, usagePlan, token, simpleResponses } = readJson(
    json,
    requestAuthConfigSchema,
  );
  return deepFreeze({
    allowedAddresses,
    credential:
      token === undefined
        ? { kind: 'api-key', header: apiKeyHeader, keys: apiKeys ?? [], usagePlan }
        : { kind: 'token', token: toAuthConfig(token) },
    simpleResponses,
  });
}
