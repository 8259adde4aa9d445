import { compactVerify } from 'jose/jws/compact/verify';
import { AuthError } from '../errors.ts';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import type { TokenHeader } from './token-header.ts';

/**
 * The key among the issuer's that signed this token. Those that the header selects are tried first, then those that a further look at the
 * source brings.
 *
 * @throws AuthError `AUTH_TOKEN_KEY_UNKNOWN` when there was none to try, `AUTH_TOKEN_SIGNATURE` when none verified; and what the
 * source throws.
 */
export async function verifySignature(
  token: string,
  header: TokenHeader,
  source: KeySource,
): Promise<VerificationKey> {
  const selector = { algorithm: header.alg, kid: header.kid };
  const known = await source.find(selector);
  for (const key of known) {
    if (await isSignedBy(token, key)) return key;
  }
  for (const key of await source.findFurther(selector)) {
    if (await isSignedBy(token, key)) return key;
  }
  throw new AuthError(known.length === 0 ? 'AUTH_TOKEN_KEY_UNKNOWN' : 'AUTH_TOKEN_SIGNATURE');
}

/** jose throws for every kind of mismatch; the algorithm is the key's, whatever the header says. */
async function isSignedBy(token: string, key: VerificationKey): Promise<boolean> {
  try {
    await compactVerify(token, key.cryptoKey, { algorithms: [key.algorithm] });
    return true;
  } catch {
    return false;
  }
}
