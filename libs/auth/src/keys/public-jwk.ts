import { ALGORITHMS, isAlgorithm, type Algorithm } from '../token/algorithms.ts';
import { ownMember, type JsonObject } from '../token/json-object.ts';

/** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2, 6.4.1): a published key has none. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** Larger moduli only cost time. */
const MAX_RSA_BITS = 8192;
const MAX_EXPONENT_BYTES = 8;

/**
 * The algorithms among `accepted` that a published JWK may verify: none when the key is not public, not for verifying signatures (`use`, `key_ops`),
 * weak, or on another curve. A key that names its algorithm (`alg`) serves that one alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-4
 */
export function algorithmsOfJwk(jwk: JsonObject, accepted: readonly Algorithm[]): readonly Algorithm[] {
  const alg = ownMember(jwk, 'alg');
  if (alg !== undefined && !isAlgorithm(alg)) return [];
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name)) || !isForVerifying(jwk)) return [];
  return accepted.filter((name) => (alg === undefined || alg === name) && fits(jwk, name));
}

function isForVerifying(jwk: JsonObject): boolean {
  const use = ownMember(jwk, 'use');
  const operations = ownMember(jwk, 'key_ops');
  return (
    (use === undefined || use === 'sig') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))
  );
}

function fits(jwk: JsonObject, algorithm: Algorithm): boolean {
  const rule = ALGORITHMS[algorithm];
  if (ownMember(jwk, 'kty') !== rule.kty) return false;
  switch (rule.kty) {
    case 'RSA':
      return isStrongRsa(jwk, rule.minKeyBits);
    case 'EC':
    case 'OKP':
      return ownMember(jwk, 'crv') === rule.crv;
    default:
      return false;
  }
}

/** A modulus of the right size and an odd exponent of at least 3: with exponent 1 a message is its own signature. */
function isStrongRsa(jwk: JsonObject, minBits: number): boolean {
  const modulus = unsignedBytes(ownMember(jwk, 'n'));
  const exponent = unsignedBytes(ownMember(jwk, 'e'));
  if (modulus === undefined || exponent === undefined) return false;
  const bits = modulus.byteLength * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const isOddExponent = ((exponent.at(-1) ?? 0) & 1) === 1;
  const isOne = exponent.byteLength === 1 && exponent[0] === 1;
  return (
    bits >= minBits &&
    bits <= MAX_RSA_BITS &&
    isOddExponent &&
    !isOne &&
    exponent.byteLength <= MAX_EXPONENT_BYTES
  );
}

/** Base64urlUInt: big-endian without leading zeros (RFC 7518 section 2). */
function unsignedBytes(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const bytes = Buffer.from(value, 'base64url');
  return bytes.toString('base64url') === value && bytes[0] !== 0 ? bytes : undefined;
}
