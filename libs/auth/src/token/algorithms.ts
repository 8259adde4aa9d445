/** What a signature algorithm asks of its key (RFC 7518 section 3.1, RFC 8037, RFC 9864). */
export interface AlgorithmRule {
  readonly kty: 'oct' | 'RSA' | 'EC' | 'OKP';
  /** The one curve, for EC and OKP. */
  readonly crv?: string;
  /** The least key size: at least the hash's own for HMAC (RFC 7518 section 3.2), 2048 for RSA (section 3.3). */
  readonly minKeyBits?: number;
}

/** Every algorithm that an issuer may be configured with; `none` and the encryption algorithms are not among them. */
export const ALGORITHMS = {
  HS256: { kty: 'oct', minKeyBits: 256 },
  HS384: { kty: 'oct', minKeyBits: 384 },
  HS512: { kty: 'oct', minKeyBits: 512 },
  RS256: { kty: 'RSA', minKeyBits: 2048 },
  RS384: { kty: 'RSA', minKeyBits: 2048 },
  RS512: { kty: 'RSA', minKeyBits: 2048 },
  PS256: { kty: 'RSA', minKeyBits: 2048 },
  PS384: { kty: 'RSA', minKeyBits: 2048 },
  PS512: { kty: 'RSA', minKeyBits: 2048 },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519' },
} as const satisfies Record<string, AlgorithmRule>;

export type Algorithm = keyof typeof ALGORITHMS;

/** Whether `name` is one of {@link ALGORITHMS}; exact, case-sensitive. */
export function isAlgorithm(name: unknown): name is Algorithm {
  return typeof name === 'string' && Object.hasOwn(ALGORITHMS, name);
}

/** Whether the algorithm signs with a shared secret. */
export function isSymmetric(algorithm: Algorithm): boolean {
  return ALGORITHMS[algorithm].kty === 'oct';
}
