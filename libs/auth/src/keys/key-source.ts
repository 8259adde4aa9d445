import type { webcrypto } from 'node:crypto';
import type { Algorithm } from '../token/algorithms.ts';

/** One imported key, bound to one algorithm. Its identity is the key's: sources keep the object while the key stays. */
export interface VerificationKey {
  readonly algorithm: Algorithm;
  /** The key id that a token must name; undefined when the key has none. */
  readonly kid: string | undefined;
  readonly cryptoKey: webcrypto.CryptoKey;
}

/** What a token's header asks for. */
export interface KeySelector {
  readonly algorithm: Algorithm;
  readonly kid: string | undefined;
}

/**
 * An issuer's keys, asked in three steps until a key verifies. Each throws an AuthError of kind `outage` when the source cannot
 * be read and nothing usable is held, and of kind `configuration` when what it holds is no key.
 */
export interface KeySource {
  /** The keys that may have signed such a token; none when the issuer has no such key. */
  readonly find: (selector: KeySelector) => Promise<readonly VerificationKey[]>;
  /** Asked when no key of `find` verified: keys on their way out, which are kept apart; often none. */
  readonly findFurther: (selector: KeySelector) => Promise<readonly VerificationKey[]>;
  /**
   * Asked last: keys that a look at the source brings; often none. Throws as well when that look fails, or the last one did, while
   * older keys are held: whether the issuer has such a key is not known then, so the token must not be called forged.
   */
  readonly findNew: (selector: KeySelector) => Promise<readonly VerificationKey[]>;
  /** Whether the key is among the issuer's now; false as well when the source is due for a new look. */
  readonly isCurrent: (key: VerificationKey) => boolean;
}
