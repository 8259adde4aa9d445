import {
  createIntrospector,
  createJwksKeySource,
  createSecretKeySource,
  createTokenVerifier,
  type AuthConfig,
  type IssuerConfig,
  type KeySource,
  type TokenVerifier,
} from '@gatehouse/auth';
import { createHttpClient, secretStore } from '@gatehouse/clients';
import { observe, type Invocation } from '@gatehouse/observability';
import { createDocumentFetcher } from './adapters/fetch-document.ts';
import { createSecretReader } from './adapters/read-secret.ts';
import { readRequestConfig, readTokenConfig, type ConfigVariable } from './config.ts';
import type { Authorizer } from './create-authorizer.ts';
import { reportTo } from './report-to.ts';
import { createRequestAuthorizer } from './request/request-authorizer.ts';
import { createTokenAuthorizer } from './token/token-authorizer.ts';

const clock = (): number => Date.now();
const readSecret = createSecretReader(secretStore());
const fetch = createDocumentFetcher(createHttpClient());

function keysOf({ keys, algorithms }: IssuerConfig): KeySource {
  return keys.kind === 'secret'
    ? createSecretKeySource({ ...keys, algorithms, readSecret, clock })
    : createJwksKeySource({ ...keys, algorithms, fetch, clock });
}

function verifierOf(config: AuthConfig): TokenVerifier {
  const introspector =
    config.introspection && createIntrospector(config.introspection, { fetch, readSecret, clock });
  return createTokenVerifier(config, { keysOf, clock, introspector });
}

/** One bundle serves both authorizers: a function has the variable of its own, and fails by name without. */
function handler(authorizer: Authorizer | undefined, variable: ConfigVariable) {
  return observe(
    (event: unknown, _context, invocation: Invocation) => {
      if (authorizer === undefined) throw new TypeError(`${variable} is not set`);
      return authorizer(event, reportTo(invocation));
    },
    { service: 'authorizer' },
  );
}

const tokenConfig = readTokenConfig();
const requestConfig = readRequestConfig();

/** Lambda authorizer for bearer tokens: REST TOKEN and REQUEST, HTTP API 1.0 and 2.0 events. */
export const token = handler(
  tokenConfig && createTokenAuthorizer(tokenConfig, verifierOf(tokenConfig)),
  'AUTH_CONFIG',
);

/** Lambda authorizer for allowed addresses with an API key or a token: REST REQUEST, HTTP API 1.0 and 2.0 events. */
export const request = handler(
  requestConfig && createRequestAuthorizer(requestConfig, verifierOf),
  'REQUEST_AUTH_CONFIG',
);
