import { importJWK } from 'jose/key/import';
import { AuthError } from '../errors.ts';
import type { Algorithm } from '../token/algorithms.ts';
import { ownMember, type JsonObject } from '../token/json-object.ts';
import { fetchJsonObject, type FetchDocument } from './fetch-document.ts';
import type { KeySelector, KeySource, VerificationKey } from './key-source.ts';
import { algorithmsOfJwk } from './public-jwk.ts';
import { createRefreshed, type Clock, type RefreshPolicy } from './refreshed.ts';

/** Where the key set is and what it is for. */
export interface JwksKeysOptions {
  /** An https URL, from the configuration alone. */
  readonly jwksUri: string;
  readonly algorithms: readonly Algorithm[];
  readonly fetch: FetchDocument;
  readonly clock: Clock;
  readonly policy?: Partial<RefreshPolicy>;
}

/**
 * A key that the issuer removed stops verifying within ten minutes; an unknown key id brings a new look at most every
 * 30 s; an unreachable issuer is bridged for four hours, and asked again each second where there is nothing to bridge with.
 */
export const JWKS_POLICY: RefreshPolicy = {
  maxAgeMs: 10 * 60_000,
  maxStaleMs: 4 * 60 * 60_000,
  cooldownMs: 30_000,
  retryMs: 1_000,
};

const TIMEOUT_MS = 1_500;
const MAX_BYTES = 150_000;

/**
 * Public keys from a JWK Set behind an https URL (RFC 7517 section 5). Keys that cannot verify the issuer's algorithms are passed
 * over; a key id that two keys share for one algorithm is ambiguous and finds none. A set without any usable key is an outage.
 */
export function createJwksKeySource(options: JwksKeysOptions): KeySource {
  const keys = createRefreshed<readonly VerificationKey[]>(
    (before) => loadKeys(options, before ?? []),
    { ...JWKS_POLICY, ...options.policy },
    options.clock,
  );

  return {
    async find(selector) {
      return theOne(await keys.get(), selector);
    },
    findFurther() {
      return Promise.resolve([]);
    },
    async findNew(selector) {
      // A known key that did not verify is no reason to ask the issuer again.
      const isKnown = theOne(await keys.get(), selector).length > 0;
      return isKnown ? [] : theOne(await keys.refresh(), selector);
    },
    isCurrent(key) {
      return keys.peek()?.includes(key) ?? false;
    },
  };
}

function theOne(keys: readonly VerificationKey[], selector: KeySelector): readonly VerificationKey[] {
  const found = keys.filter((key) => key.algorithm === selector.algorithm && key.kid === selector.kid);
  return found.length === 1 ? found : [];
}

async function loadKeys(
  options: JwksKeysOptions,
  before: readonly VerificationKey[],
): Promise<readonly VerificationKey[]> {
  const document = await fetchJsonObject(
    options.fetch,
    {
      url: options.jwksUri,
      method: 'GET',
      headers: { accept: 'application/jwk-set+json, application/json' },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    },
    'AUTH_KEY_SOURCE_DOWN',
  );
  const jwks = ownMember(document, 'keys');
  if (!Array.isArray(jwks)) throw new AuthError('AUTH_KEY_SOURCE_DOWN', { detail: 'keys' });

  const distinct = new Map((jwks as unknown[]).filter(isRecord).map((jwk) => [JSON.stringify(jwk), jwk]));
  const candidates = [...distinct].flatMap(([text, jwk]) => {
    return algorithmsOfJwk(jwk, options.algorithms).map((algorithm) => ({ jwk, text, algorithm }));
  });
  const imported = await Promise.all(candidates.map((candidate) => importKey(candidate, before)));
  const keys = imported.filter((key) => key !== undefined);
  // An issuer that signs has a key: a set without any is its publisher's fault, and no reason to refuse its tokens.
  if (keys.length === 0) throw new AuthError('AUTH_KEY_SOURCE_DOWN', { detail: 'no usable key' });
  return keys;
}

/** The JWK that a key came from, so that a re-read of the same JWK keeps the key. */
const jwkOf = new WeakMap<VerificationKey, string>();

interface Candidate {
  readonly jwk: JsonObject;
  readonly text: string;
  readonly algorithm: Algorithm;
}

async function importKey(
  { jwk, text, algorithm }: Candidate,
  before: readonly VerificationKey[],
): Promise<VerificationKey | undefined> {
  const known = before.find((key) => key.algorithm === algorithm && jwkOf.get(key) === text);
  if (known !== undefined) return known;
  const kid = ownMember(jwk, 'kid');
  if (kid !== undefined && typeof kid !== 'string') return undefined;
  try {
    // jose checks points and lengths; it gives bytes for `oct` alone, which is not let through.
    const cryptoKey = await importJWK({ ...jwk, kty: String(jwk['kty']) }, algorithm);
    if (cryptoKey instanceof Uint8Array) return undefined;
    const key: VerificationKey = { algorithm, kid, cryptoKey };
    jwkOf.set(key, text);
    return key;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
