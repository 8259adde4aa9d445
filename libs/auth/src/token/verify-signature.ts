import { flattenedVerify } from 'jose/jws/flattened/verify';
import { AuthError } from '../errors.ts';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import type { CompactJws } from './compact-jws.ts';

/**
 * The key among the issuer's that signed this token. Those that the header selects are tried first, then those that the source has besides,
 * then those that a new look at it brings.
 *
 * @throws AuthError `AUTH_TOKEN_KEY_UNKNOWN` when there was none to try, `AUTH_TOKEN_SIGNATURE` when none verified; and what the
 * source throws.
 */
export async function verifySignature(jws: CompactJws, source: KeySource): Promise<VerificationKey> {
  const selector = { algorithm: jws.header.alg, kid: jws.header.kid };
  let isTried = false;
  for (const lookUp of [source.find, source.findFurther, source.findNew]) {
    for (const key of await lookUp(selector)) {
      isTried = true;
      try {
        // The algorithm is the key's, whatever the header says.
        await flattenedVerify(jws.parts, key.cryptoKey, { algorithms: [key.algorithm] });
        return key;
      } catch {
        // jose throws for every kind of mismatch; the next key may be the signer's.
      }
    }
  }
  throw new AuthError(isTried ? 'AUTH_TOKEN_SIGNATURE' : 'AUTH_TOKEN_KEY_UNKNOWN');
}
