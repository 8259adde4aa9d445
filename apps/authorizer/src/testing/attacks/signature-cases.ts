import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mintToken, signBytes, TEST_NOW_SECONDS as now } from '@gatehouse/auth/testing';
import {
  attacker,
  attackerEc,
  attackerEd,
  bearer,
  claims,
  ec,
  ed,
  goodHeader,
  goodPayload,
  goodSignature,
  internal,
  members,
  named,
  p384,
  part,
  payload,
  ps,
  PUBLIC_ISSUER,
  rsa,
  secret,
  twinA,
  weakRsa,
  type Row,
} from './test-identity.ts';

const hs = (own: object, key: string | Uint8Array, body: string = payload()): string => {
  const input = `${part({ alg: 'HS256', typ: 'at+jwt', kid: 'rs-1', ...own })}.${Buffer.from(body).toString('base64url')}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};
const publicPem = createPublicKey(rsa.signingKey).export({ format: 'pem', type: 'spki' }) as string;
const algorithm = named('algorithm', [
  ...['none', 'None', 'NONE', 'nOnE', '', 'null'].map((alg): Row => [
    `alg ${alg}`,
    bearer(`${part({ alg, typ: 'at+jwt', kid: 'rs-1' })}.${goodPayload}.AA`),
    401,
  ]),
  ['the RSA key’s PEM as a secret', bearer(hs({}, publicPem)), 401],
  ['the RSA key’s PEM without its end', bearer(hs({}, publicPem.trim())), 401],
  ['the RSA key’s modulus as a secret', bearer(hs({}, Buffer.from(rsa.jwk.n!, 'base64url'))), 401],
  ['the JWK as a secret', bearer(hs({}, JSON.stringify(rsa.jwk))), 401],
  ['an empty secret', bearer(hs({ kid: 'hs-1' }, '', payload(internal))), 401],
  ['a secret of the wrong issuer', bearer(hs({ kid: 'hs-1' }, Buffer.from(secret.jwk.k!, 'base64url'))), 401],
  ['a published secret', bearer(hs({ kid: 'oct-1' }, Buffer.from(secret.jwk.k!, 'base64url'))), 401],
  members('RS512 with an RS256 key', { alg: 'RS512' }),
  members('PS256 with an RS256 key', { alg: 'PS256' }),
  members('ES256K', { alg: 'ES256K' }, 401, ec),
  members('Ed448', { alg: 'Ed448' }, 401, ed),
  members('Ed25519 where EdDSA is agreed', { alg: 'Ed25519' }, 401, ed),
  members('the EC key’s id with RS256', { kid: 'es-1' }),
  members('the RSA key’s id with ES256', { kid: 'rs-1' }, 401, ec),
  claims('PS256, which the issuer does not use', {}, 401, ps),
  members('a number for alg', { alg: 256 }),
  members('an object for alg', { alg: { toString: 'RS256' } }),
  members('alg missing', { alg: undefined }),
  members('constructor for alg', { alg: 'constructor' }),
  members('HS384 with the HS256 secret', { alg: 'HS384' }, 401, secret),
]);

const derSignature = sign(
  'sha256',
  Buffer.from(`${part({ alg: 'ES256', typ: 'at+jwt', kid: 'es-1' })}.${goodPayload}`),
  ec.signingKey,
);
const ecToken = (signature: Uint8Array): string =>
  `${part({ alg: 'ES256', typ: 'at+jwt', kid: 'es-1' })}.${goodPayload}.${Buffer.from(signature).toString('base64url')}`;
/** The order of P-256 (FIPS 186-4 D.1.2.3). */
const ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const flipped = (index: number): string => {
  const bytes = Buffer.from(goodSignature, 'base64url');
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return `${goodHeader}.${goodPayload}.${bytes.toString('base64url')}`;
};
const signature = named('signature', [
  ['an attacker’s RSA key', bearer(mintToken(attacker)), 401],
  ['an attacker’s EC key', bearer(mintToken(attackerEc)), 401],
  ['an attacker’s Ed25519 key', bearer(mintToken(attackerEd)), 401],
  ['ECDSA in DER', bearer(ecToken(derSignature)), 401],
  ['ECDSA r=s=0', bearer(ecToken(Buffer.alloc(64))), 401],
  ['ECDSA r=s=n', bearer(ecToken(Buffer.concat([ORDER, ORDER]))), 401],
  [
    'ECDSA r=s=1',
    bearer(ecToken(Buffer.concat([Buffer.alloc(31), Buffer.from([1]), Buffer.alloc(31), Buffer.from([1])]))),
    401,
  ],
  ['ECDSA cut to 63 bytes', bearer(ecToken(Buffer.alloc(63, 1))), 401],
  ['ECDSA of 65 bytes', bearer(ecToken(Buffer.alloc(65, 1))), 401],
  ['the first bit changed', bearer(flipped(0)), 401],
  ['the last bit changed', bearer(flipped(255)), 401],
  [
    'an RSA signature of zeros',
    bearer(`${goodHeader}.${goodPayload}.${Buffer.alloc(256).toString('base64url')}`),
    401,
  ],
  [
    'an RSA signature one byte short',
    bearer(
      `${goodHeader}.${goodPayload}.${Buffer.from(goodSignature, 'base64url').subarray(1).toString('base64url')}`,
    ),
    401,
  ],
  [
    'the signature of another token',
    bearer(`${goodHeader}.${goodPayload}.${mintToken(rsa, { claims: { sub: 'bob' } }).split('.')[2]!}`),
    401,
  ],
  [
    'a signature over the payload alone',
    bearer(`${goodHeader}.${goodPayload}.${signBytes(rsa, goodPayload).toString('base64url')}`),
    401,
  ],
  [
    'an Ed25519 signature of zeros',
    bearer(
      `${part({ alg: 'EdDSA', typ: 'at+jwt', kid: 'ed-1' })}.${goodPayload}.${Buffer.alloc(64).toString('base64url')}`,
    ),
    401,
  ],
]);

const keySelection = named('key', [
  members('a weak key (1024 bits)', {}, 401, weakRsa),
  members('two keys of one id', {}, 401, twinA),
  members('a key for encryption', { kid: 'enc-1' }),
  members('a key with exponent 1', { kid: 'exponent-1' }),
  members('a key without the operation verify', { kid: 'operations' }),
  members('P-384 that says ES256', { alg: 'ES256' }, 401, p384),
  members('an unknown id', { kid: 'rs-2' }),
  members('no id', { kid: undefined }),
  members('an id in another case', { kid: 'RS-1' }),
  members('an id with a space', { kid: 'rs-1 ' }),
  members('a list of ids', { kid: ['rs-1'] }),
  members('null for an id', { kid: null }),
  ...[
    '../../../../dev/null',
    "x' OR '1'='1",
    '|id',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    '%00',
    'rs-1\u2028',
    '\u202ers-1',
    'file:///etc/passwd',
    '${jndi:ldap://a}',
    'a'.repeat(257),
  ].map((kid): Row => [`the id ${kid.slice(0, 24)}`, bearer(mintToken(attacker, { header: { kid } })), 401]),
  claims('the key set’s key under the secret’s issuer', internal),
  claims('the secret under the key set’s issuer', {}, 401, secret),
]);

const generated = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const headerMembers = named('header-member', [
  members('jwk, the right key', { jwk: rsa.jwk }),
  members('jwk, an attacker’s key', { jwk: generated }),
  members('jku', { jku: 'https://attacker.example/jwks' }),
  members('jku of the issuer itself', { jku: `${PUBLIC_ISSUER}jwks` }),
  members('jku on loopback', { jku: 'http://127.0.0.1:1/jwks' }),
  members('x5u', { x5u: 'https://attacker.example/cert' }),
  members('x5c', { x5c: ['MIIB'] }),
  members('an empty crit', { crit: [] }),
  members('crit with exp', { crit: ['exp'], exp: now }),
  members('crit null', { crit: null }),
  members('b64 true', { b64: true }),
  members('b64 false', { b64: false }),
  members('zip', { zip: 'DEF' }),
  members('enc', { enc: 'A128GCM' }),
  members('cty', { cty: 'JWT' }),
  members('typ JWT', { typ: 'JWT' }),
  members('typ missing', { typ: undefined }),
  members('typ empty', { typ: '' }),
  members('typ null', { typ: null }),
  members('typ of a logout token', { typ: 'logout+jwt' }),
  members('typ of a security event', { typ: 'secevent+jwt' }),
  members('typ with a parameter', { typ: 'at+jwt; charset=utf-8' }),
  members('typ application/application/at+jwt', { typ: 'application/application/at+jwt' }),
]);

/** Which algorithm, key and header members, and whether the signature holds. */
export const SIGNATURE_CASES = [...algorithm, ...signature, ...keySelection, ...headerMembers];
