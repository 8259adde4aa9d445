import {
  AuthError,
  createIntrospector,
  createJwksKeySource,
  createSecretKeySource,
  createTokenVerifier,
  isAuthError,
  parseAuthConfig,
  type AuthConfig,
  type FetchDocument,
  type IssuerConfig,
  type KeySource,
  type ReadSecret,
  type TokenVerifier,
} from '@gatehouse/auth';
import { ClientsError, type HttpClient, type SecretStore } from '@gatehouse/clients';

export interface TokenVerifierParts {
  readonly http: HttpClient;
  readonly secrets: SecretStore;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * The authorizer's own verification, for the one front that has no authorizer: a function URL with auth type NONE. Throws an
 * Error that names the variable when the configuration (the text of AUTH_CONFIG) is not valid.
 */
export function createBearerVerifier(
  authConfig: string,
  { http, secrets, clock }: TokenVerifierParts,
): TokenVerifier {
  const config = parseVariable(authConfig);
  const readSecret: ReadSecret = async (secretArn, versionStage) => {
    try {
      return (await secrets.read(secretArn, { versionStage }))?.value;
    } catch (cause) {
      const isUnusable = cause instanceof ClientsError && cause.code === 'CLIENTS_SECRET_UNUSABLE';
      throw isUnusable ? new AuthError('AUTH_SECRET_INVALID', { detail: 'no text', cause }) : cause;
    }
  };

  const fetch: FetchDocument = async ({ url, method, headers, body, timeoutMs, maxBytes }) => {
    const answer = await http.request({
      url,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      idempotent: true,
      // What bounds the looks at a key set has to bound its requests; introspection has no held answer to go by.
      retries: method === 'GET' ? 0 : 1,
      maxRedirects: 0,
      maxResponseBytes: maxBytes,
      timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, totalMs: timeoutMs },
    });
    return { status: answer.status, body: answer.body };
  };

  const keysOf = ({ keys, algorithms }: IssuerConfig): KeySource =>
    keys.kind === 'secret'
      ? createSecretKeySource({ ...keys, algorithms, readSecret, clock })
      : createJwksKeySource({ ...keys, algorithms, fetch, clock });

  const { introspection } = config;
  const introspector = introspection && createIntrospector(introspection, { fetch, readSecret, clock });
  return createTokenVerifier(config, { keysOf, clock, introspector });
}

function parseVariable(text: string): AuthConfig {
  try {
    return parseAuthConfig(text);
  } catch (cause) {
    const detail = isAuthError(cause) ? (cause.detail ?? cause.code) : 'unreadable';
    throw new Error(`Environment variable AUTH_CONFIG: ${detail}`, { cause });
  }
}
