import { AuthError, isAuthError } from '../errors.ts';
import { ALGORITHMS, isAlgorithm, isSymmetric, type Algorithm } from '../token/algorithms.ts';
import { ownMember, parseJsonObject } from '../token/json-object.ts';
import type { KeySelector, KeySource, VerificationKey } from './key-source.ts';
import { createRefreshed, type Clock, type RefreshPolicy } from './refreshed.ts';

/** The staging labels that matter here: during a rotation both versions verify. */
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/**
 * Reads a secret's text. Gives undefined when the secret has no such version (a secret that was never rotated has no
 * AWSPREVIOUS). Rejects when the store cannot be read; with an AuthError `AUTH_SECRET_INVALID` for a version that holds no text.
 */
export type ReadSecret = (secretArn: string, stage: SecretStage) => Promise<string | undefined>;

/** Where the secret is and what it is for. */
export interface SecretKeysOptions {
  readonly secretArn: string;
  readonly algorithms: readonly Algorithm[];
  /** The key id of a secret that does not carry one itself. */
  readonly kid: string | undefined;
  readonly readSecret: ReadSecret;
  readonly clock: Clock;
  readonly policy?: Partial<RefreshPolicy>;
}

/** A rotated-out secret stops within the five minutes of maxAgeMs; an unreachable store is bridged for an hour, else asked again each second. */
export const SECRET_POLICY: RefreshPolicy = {
  maxAgeMs: 5 * 60_000,
  maxStaleMs: 60 * 60_000,
  cooldownMs: 30_000,
  retryMs: 1_000,
};

/**
 * HMAC keys from a secret. The current version is read first and alone. A token that it does not verify has the previous version
 * read, so that tokens outlive a rotation, and then both looked at anew (at most once per cool-down), so that a new secret is known
 * soon.
 */
export function createSecretKeySource(options: SecretKeysOptions): KeySource {
  const policy = { ...SECRET_POLICY, ...options.policy };
  const previous = createRefreshed<readonly VerificationKey[]>(
    (before) => loadPrevious(options, before ?? []),
    policy,
    options.clock,
  );
  const current = createRefreshed<readonly VerificationKey[]>(
    async (before) => {
      const keys = await loadVersion(options, 'AWSCURRENT', before ?? []);
      // Secrets Manager moves both labels at once: what was current is the previous version now.
      if (before?.some((key) => !keys.includes(key)) === true) previous.expire();
      return keys;
    },
    policy,
    options.clock,
  );

  return {
    async find(selector) {
      return (await current.get()).filter((key) => isFor(key, selector));
    },
    async findFurther(selector) {
      return (await previous.get()).filter((key) => isFor(key, selector));
    },
    async findNew(selector) {
      const tried = [...(await current.get()), ...(await previous.get())];
      const known = [...(await current.refresh()), ...(await previous.refresh())];
      return known.filter((key) => !tried.includes(key) && isFor(key, selector));
    },
    isCurrent(key) {
      return (current.peek()?.includes(key) ?? false) || (previous.peek()?.includes(key) ?? false);
    },
  };
}

/** A key with an id verifies only tokens that name it; a key without one does not look at the token's. */
function isFor(key: VerificationKey, selector: KeySelector): boolean {
  return key.algorithm === selector.algorithm && (key.kid === undefined || key.kid === selector.kid);
}

async function loadVersion(
  options: SecretKeysOptions,
  stage: SecretStage,
  before: readonly VerificationKey[],
): Promise<readonly VerificationKey[]> {
  const secret = await readText(options, stage);
  if (secret === undefined) throw new AuthError('AUTH_SECRET_INVALID', { detail: `no ${stage}` });
  const { bytes, kid, algorithms } = parseSecretKey(secret, options);
  return Promise.all(
    algorithms.map(async (algorithm) => {
      const known = before.find((key) => key.algorithm === algorithm && secretOf.get(key) === secret);
      return known ?? importSecret({ algorithm, kid, bytes, secret });
    }),
  );
}

/** A previous version that is no key (a placeholder, or a mistake that was put right) hinders nobody: it has signed no token. */
async function loadPrevious(
  options: SecretKeysOptions,
  before: readonly VerificationKey[],
): Promise<readonly VerificationKey[]> {
  try {
    return await loadVersion(options, 'AWSPREVIOUS', before);
  } catch (error) {
    if (isAuthError(error, 'configuration')) return [];
    throw error;
  }
}

/** The stored text that a key came from, so that a re-read of the same secret keeps the key. */
const secretOf = new WeakMap<VerificationKey, string>();

async function readText(options: SecretKeysOptions, stage: SecretStage): Promise<string | undefined> {
  try {
    return await options.readSecret(options.secretArn, stage);
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    throw new AuthError('AUTH_KEY_SOURCE_DOWN', { detail: 'secret', cause });
  }
}

interface SecretKey {
  readonly bytes: Uint8Array;
  readonly kid: string | undefined;
  readonly algorithms: readonly Algorithm[];
}

/**
 * Reads the stored text: a JWK `{"kty":"oct","k":...}`, or any other text as its UTF-8 bytes.
 * @throws AuthError `AUTH_SECRET_INVALID` for a JWK that is not a signing secret, or a secret too short for the algorithms.
 */
function parseSecretKey(secret: string, options: SecretKeysOptions): SecretKey {
  const jwk = parseJsonObject(secret.trim());
  if (jwk === undefined) return withStrength(Buffer.from(secret, 'utf8'), options.kid, options.algorithms);

  const k = ownMember(jwk, 'k');
  const kid = ownMember(jwk, 'kid');
  const alg = ownMember(jwk, 'alg');
  const use = ownMember(jwk, 'use');
  const operations = ownMember(jwk, 'key_ops');
  if (ownMember(jwk, 'kty') !== 'oct') throw new AuthError('AUTH_SECRET_INVALID', { detail: 'kty' });
  if (typeof k !== 'string' || Buffer.from(k, 'base64url').toString('base64url') !== k) {
    throw new AuthError('AUTH_SECRET_INVALID', { detail: 'k' });
  }
  if (kid !== undefined && typeof kid !== 'string')
    throw new AuthError('AUTH_SECRET_INVALID', { detail: 'kid' });
  if (alg !== undefined && !(isAlgorithm(alg) && isSymmetric(alg))) {
    throw new AuthError('AUTH_SECRET_INVALID', { detail: 'alg' });
  }
  if (use !== undefined && use !== 'sig') throw new AuthError('AUTH_SECRET_INVALID', { detail: 'use' });
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    throw new AuthError('AUTH_SECRET_INVALID', { detail: 'key_ops' });
  }
  const algorithms = options.algorithms.filter((name) => alg === undefined || name === alg);
  return withStrength(Buffer.from(k, 'base64url'), kid ?? options.kid, algorithms);
}

/** RFC 7518 section 3.2: a key of at least the hash's size. */
function withStrength(
  bytes: Uint8Array,
  kid: string | undefined,
  algorithms: readonly Algorithm[],
): SecretKey {
  const strong = algorithms.filter((name) => {
    const rule = ALGORITHMS[name];
    return rule.kty === 'oct' && bytes.byteLength * 8 >= rule.minKeyBits;
  });
  if (strong.length === 0) throw new AuthError('AUTH_SECRET_INVALID', { detail: 'length' });
  return { bytes, kid, algorithms: strong };
}

async function importSecret(key: {
  readonly algorithm: Algorithm;
  readonly kid: string | undefined;
  readonly bytes: Uint8Array;
  readonly secret: string;
}): Promise<VerificationKey> {
  const hash = `SHA-${key.algorithm.slice(2)}`;
  const cryptoKey = await crypto.subtle.importKey('raw', key.bytes, { name: 'HMAC', hash }, false, [
    'verify',
  ]);
  const imported: VerificationKey = { algorithm: key.algorithm, kid: key.kid, cryptoKey };
  secretOf.set(imported, key.secret);
  return imported;
}
