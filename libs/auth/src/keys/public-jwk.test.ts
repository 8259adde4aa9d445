import type { Algorithm } from '../token/algorithms.ts';
import { algorithmsOfJwk } from './public-jwk.ts';

const ACCEPTED: readonly Algorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519', 'HS256'];

/** A modulus of so many bits; whether it is a product of primes is not looked at here. */
function modulus(bits: number): string {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xa5);
  bytes[0] = 1 << ((bits - 1) % 8);
  return bytes.toString('base64url');
}
const exponent = (...bytes: number[]): string => Buffer.from(bytes).toString('base64url');

const rsa = { kty: 'RSA', n: modulus(2048), e: 'AQAB' };
const ec = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const okp = { kty: 'OKP', crv: 'Ed25519', x: 'x' };
const RSA: readonly Algorithm[] = ['RS256', 'PS256'];

describe('algorithmsOfJwk', () => {
  it.each<[what: string, jwk: object, expected: readonly Algorithm[]]>([
    ['an RSA key', rsa, RSA],
    ['a P-256 key', ec, ['ES256']],
    ['an Ed25519 key', okp, ['EdDSA', 'Ed25519']],
    ['a key for signatures', { ...rsa, use: 'sig' }, RSA],
    ['a key for verifying', { ...rsa, key_ops: ['verify'] }, RSA],
    ['a key for verifying among others', { ...rsa, key_ops: ['encrypt', 'verify'] }, RSA],
    ['a key that names its algorithm', { ...rsa, alg: 'PS256' }, ['PS256']],
    ['2049 bits', { ...rsa, n: modulus(2049) }, RSA],
    ['8192 bits', { ...rsa, n: modulus(8192) }, RSA],
    ['exponent 3', { ...rsa, e: exponent(3) }, RSA],
    ['exponent 257', { ...rsa, e: exponent(1, 1) }, RSA],
    ['an exponent of eight bytes', { ...rsa, e: exponent(1, 0, 0, 0, 0, 0, 0, 1) }, RSA],
  ])('finds what %s may verify', (_, jwk, expected) => {
    expect(algorithmsOfJwk({ ...jwk }, ACCEPTED)).toEqual(expected);
  });

  it.each<[what: string, jwk: object]>([
    ['of an algorithm that is not accepted', { ...rsa, alg: 'RS512' }],
    ['of another key type’s algorithm', { ...rsa, alg: 'ES256' }],
    ['of no signature algorithm', { ...rsa, alg: 'RSA-OAEP' }],
    ['of an algorithm that is no text', { ...rsa, alg: null }],
    ['for encryption', { ...rsa, use: 'enc' }],
    ['whose use is null', { ...rsa, use: null }],
    ['without verify among its operations', { ...rsa, key_ops: ['sign'] }],
    ['without an operation', { ...rsa, key_ops: [] }],
    ['whose operations are a text', { ...rsa, key_ops: 'verify' }],
    ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map((name): [string, object] => [
      `with the private member ${name}`,
      { ...rsa, [name]: '' },
    ]),
    ['of 2047 bits', { ...rsa, n: modulus(2047) }],
    ['of 2040 bits', { ...rsa, n: modulus(2040) }],
    ['of 8193 bits', { ...rsa, n: modulus(8193) }],
    ['of exponent 1', { ...rsa, e: exponent(1) }],
    ['of an even exponent', { ...rsa, e: exponent(1, 0, 0) }],
    ['of an exponent of nine bytes', { ...rsa, e: exponent(1, 0, 0, 0, 0, 0, 0, 0, 1) }],
    ['of an exponent with a leading zero', { ...rsa, e: exponent(0, 1, 0, 1) }],
    ['of a modulus with a leading zero', { ...rsa, n: `AA${modulus(2056)}` }],
    ['of an exponent that is padded', { ...rsa, e: 'Aw==' }],
    ['of an empty exponent', { ...rsa, e: '' }],
    ['of an exponent that is a number', { ...rsa, e: 65_537 }],
    ['of a modulus that is a list', { ...rsa, n: [modulus(2048)] }],
    ['without exponent', { kty: 'RSA', n: rsa.n }],
    ['without modulus', { kty: 'RSA', e: rsa.e }],
    [
      'whose modulus is inherited',
      Object.assign(Object.create({ n: rsa.n }) as object, { kty: 'RSA', e: rsa.e }),
    ],
    ['on P-384', { ...ec, crv: 'P-384' }],
    ['on no curve', { kty: 'EC', x: 'x', y: 'y' }],
    ['on X25519', { ...okp, crv: 'X25519' }],
    ['that is a shared secret', { kty: 'oct' }],
    ['of no type', { n: rsa.n, e: rsa.e }],
    ['of an unknown type', { ...rsa, kty: 'rsa' }],
  ])('lets a key %s verify nothing', (_, jwk) => {
    expect(algorithmsOfJwk(jwk as Record<string, unknown>, ACCEPTED)).toEqual([]);
  });
});
