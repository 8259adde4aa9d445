import { createHash, timingSafeEqual } from 'node:crypto';
import { AuthError } from '../errors.ts';
import { apiKeyPrincipal, type ApiKeyPrincipal } from '../principal/principal.ts';

/** A key that may come in, known by its hash alone. */
export interface ApiKeyEntry {
  /** The key's name, for principals and logs. */
  readonly id: string;
  /** SHA-256 of the key's text, 64 lower-case hex digits. Enough because keys are long and random. */
  readonly sha256: string;
  readonly scopes: readonly string[];
}

export interface ApiKeyRegistry {
  /**
   * The principal of the presented key.
   * @param values every value of the key's header.
   * @throws AuthError `AUTH_API_KEY_MISSING` (none, several, or not 20 to 128 visible characters), `AUTH_API_KEY_UNKNOWN`.
   */
  readonly identify: (values: readonly string[]) => {
    readonly key: string;
    readonly principal: ApiKeyPrincipal;
  };
}

/** API Gateway's own bounds for a key's text, so that one key serves usage plans as well. */
const KEY = /^[\x21-\x7e]{20,128}$/;

/** Makes a registry of API keys. Every entry is compared, in constant time, whatever is presented. */
export function createApiKeyRegistry(entries: readonly ApiKeyEntry[]): ApiKeyRegistry {
  const known = entries.map((entry) => ({
    hash: Buffer.from(entry.sha256, 'hex'),
    principal: apiKeyPrincipal(entry.id, entry.scopes),
  }));
  return {
    identify(values) {
      const [key, ...others] = values;
      if (key === undefined || others.length > 0 || !KEY.test(key))
        throw new AuthError('AUTH_API_KEY_MISSING');
      const presented = createHash('sha256').update(key).digest();
      const [match] = known.filter(({ hash }) => timingSafeEqual(hash, presented));
      if (match === undefined) throw new AuthError('AUTH_API_KEY_UNKNOWN');
      return { key, principal: match.principal };
    },
  };
}
