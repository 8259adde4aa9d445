import {
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  sign,
  createHmac,
  constants,
  type KeyObject,
} from 'node:crypto';
import type { JWK } from 'jose';
import type { Algorithm } from '../token/algorithms.ts';

/** A signing key for tests, with what an issuer publishes of it. */
export interface TestKey {
  readonly algorithm: Algorithm;
  readonly kid: string;
  /** The private key, or the shared secret. */
  readonly signingKey: KeyObject;
  /** The public JWK; for a shared secret the whole key, as it is stored. */
  readonly jwk: JWK;
}

const CURVES = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' } as const;

/**
 * Makes a key for an algorithm. Secrets are derived from the kid, so that a test may write one down; key pairs are new each
 * time.
 */
export function createTestKey(
  algorithm: Algorithm,
  kid: string,
  options: { readonly modulusLength?: number } = {},
): TestKey {
  if (algorithm.startsWith('HS')) {
    const secret = createHmac('sha512', 'gatehouse test secret').update(kid).digest();
    const jwk: JWK = { kty: 'oct', kid, k: secret.toString('base64url') };
    return { algorithm, kid, signingKey: createSecretKey(secret), jwk };
  }
  const signingKey = generatePrivateKey(algorithm, options.modulusLength ?? 2048);
  const jwk = createPublicKey(signingKey).export({ format: 'jwk' }) as JWK;
  return { algorithm, kid, signingKey, jwk: { ...jwk, kid, alg: algorithm, use: 'sig' } };
}

function generatePrivateKey(algorithm: Algorithm, modulusLength: number): KeyObject {
  if (algorithm in CURVES) {
    const namedCurve = CURVES[algorithm as keyof typeof CURVES];
    return generateKeyPairSync('ec', { namedCurve }).privateKey;
  }
  return algorithm.startsWith('Ed')
    ? generateKeyPairSync('ed25519').privateKey
    : generateKeyPairSync('rsa', { modulusLength }).privateKey;
}

/** Signs any bytes with node:crypto alone, independent of the library under test. */
export function signBytes(key: TestKey, input: string): Buffer {
  const bytes = Buffer.from(input, 'utf8');
  const hash = `sha${key.algorithm.slice(2)}`;
  switch (key.algorithm.slice(0, 2)) {
    case 'HS':
      return createHmac(hash, key.signingKey).update(bytes).digest();
    case 'RS':
      return sign(hash, bytes, key.signingKey);
    case 'PS':
      return sign(hash, bytes, {
        key: key.signingKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      });
    case 'ES':
      return sign(hash, bytes, { key: key.signingKey, dsaEncoding: 'ieee-p1363' });
    default:
      return sign(null, bytes, key.signingKey);
  }
}
