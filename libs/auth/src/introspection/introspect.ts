import { hash } from 'node:crypto';
import type { IntrospectionConfig } from '../config/auth-config.ts';
import { AuthError, isAuthError } from '../errors.ts';
import {
  fetchInTime,
  readJsonObject,
  type DocumentRequest,
  type FetchDocument,
  type FetchedDocument,
} from '../keys/fetch-document.ts';
import { createRefreshed, type Clock } from '../keys/refreshed.ts';
import { SECRET_POLICY, type ReadSecret } from '../keys/secret-keys.ts';
import type { JsonObject } from '../token/json-object.ts';
import { createRecentMap } from '../token/recent-map.ts';
import { acceptIntrospection, type IntrospectedToken } from './introspection-response.ts';

export interface IntrospectorDependencies {
  readonly fetch: FetchDocument;
  /** Reads the client secret, a plain string. */
  readonly readSecret: ReadSecret;
  readonly clock: Clock;
}

export interface Introspector {
  /**
   * Asks who an opaque token speaks for. Whether its id is revoked is the caller's to ask, at each call.
   * @throws AuthError `unauthenticated` when the endpoint does not call the token active, or calls it another's; `outage`
   * (`AUTH_INTROSPECTION_DOWN`, `AUTH_KEY_SOURCE_DOWN`) when it cannot be asked.
   */
  readonly introspect: (token: string) => Promise<IntrospectedToken>;
}

const CODE = 'AUTH_INTROSPECTION_DOWN';
const TIMEOUT_MS = 1_500;
const MAX_BYTES = 150_000;
const MAX_CACHED_TOKENS = 1_000;

/** An answer, or the refusal that an answer led to. */
type Answer =
  | { readonly token: IntrospectedToken; readonly untilSeconds: number }
  | { readonly refusal: AuthError; readonly untilSeconds: number };

/**
 * Makes a client of an introspection endpoint (RFC 7662) with HTTP Basic client authentication. Answers are held, by the token's
 * SHA-256, for `cacheSeconds` but never past the token's expiry: that long a revocation may go unseen. Concurrent callers of
 * one token share one request. When the endpoint does not take the client's secret, the secret is read again (at most once per
 * cool-down), and one that has changed is tried at once.
 */
export function createIntrospector(
  config: IntrospectionConfig,
  dependencies: IntrospectorDependencies,
): Introspector {
  const { clock, readSecret, fetch } = dependencies;
  const clientSecret = createRefreshed(() => readClientSecret(config, readSecret), SECRET_POLICY, clock);
  const answers = createRecentMap<Answer>(MAX_CACHED_TOKENS);
  const inFlight = new Map<string, Promise<Answer>>();
  const nowSeconds = (): number => Math.floor(clock() / 1000);

  async function ask(token: string): Promise<Answer> {
    const secret = await clientSecret.get();
    const document = await send(token, secret);
    return judge(readJsonObject(await orOnceMore(document, token, secret), { maxBytes: MAX_BYTES }, CODE));
  }

  function send(token: string, secret: string): Promise<FetchedDocument> {
    const request: DocumentRequest = {
      url: config.endpoint,
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: basicCredentials(config.clientId, secret),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    };
    return fetchInTime(fetch, request, CODE);
  }

  /** 401 says that the client's own credentials are wrong (RFC 7662 section 2.3): the secret may have been rotated. */
  async function orOnceMore(
    document: FetchedDocument,
    token: string,
    secret: string,
  ): Promise<FetchedDocument> {
    if (document.status !== 401) return document;
    const renewed = await clientSecret.refresh();
    return renewed === secret ? document : send(token, renewed);
  }

  function judge(response: JsonObject): Answer {
    const now = nowSeconds();
    const limit = now + config.cacheSeconds;
    try {
      const token = acceptIntrospection(response, config, now);
      return { token, untilSeconds: Math.min(limit, token.principal.expiresAtSeconds) };
    } catch (error) {
      if (error instanceof AuthError && error.kind === 'unauthenticated') {
        return { refusal: error, untilSeconds: limit };
      }
      throw error;
    }
  }

  async function askOnce(key: string, token: string): Promise<Answer> {
    const known = inFlight.get(key);
    if (known !== undefined) return known;
    const asked = ask(token).finally(() => inFlight.delete(key));
    inFlight.set(key, asked);
    const answer = await asked;
    answers.set(key, answer);
    return answer;
  }

  return {
    async introspect(token) {
      const key = hash('sha256', token, 'base64url');
      const held = answers.get(key);
      const now = nowSeconds();
      const answer = held !== undefined && now < held.untilSeconds ? held : await askOnce(key, token);
      if ('refusal' in answer) throw answer.refusal;
      if (answer.token.notBeforeSeconds > nowSeconds()) {
        throw new AuthError('AUTH_TOKEN_NOT_YET_VALID', { detail: 'nbf' });
      }
      return answer.token;
    },
  };
}

async function readClientSecret(config: IntrospectionConfig, readSecret: ReadSecret): Promise<string> {
  let secret: string | undefined;
  try {
    secret = await readSecret(config.secretArn, 'AWSCURRENT');
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    throw new AuthError('AUTH_KEY_SOURCE_DOWN', { detail: 'secret', cause });
  }
  if (secret === undefined || secret === '') {
    throw new AuthError('AUTH_SECRET_INVALID', { detail: 'client secret' });
  }
  return secret;
}

/** Id and secret are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function basicCredentials(clientId: string, clientSecret: string): string {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64')}`;
}
