import { createTestKey, mintToken, TEST_CLAIMS, type TestKey } from '@gatehouse/auth/testing';
import type { AttackCase, Verdict } from './attack-case.ts';

/** The issuers that the cases know: one with a shared secret, one with a key set. */
export const INTERNAL_ISSUER = 'https://internal.example/';
export const PUBLIC_ISSUER = TEST_CLAIMS.iss;
export const MAX_TOKEN_BYTES = 7_168;
export const REVOKED_TOKEN_ID = 'revoked-token';

export const rsa = createTestKey('RS256', 'rs-1');
export const ec = createTestKey('ES256', 'es-1');
export const ed = createTestKey('EdDSA', 'ed-1');
export const ps = createTestKey('PS256', 'ps-1');
export const secret = createTestKey('HS256', 'hs-1');
export const weakRsa = createTestKey('RS256', 'weak-1', { modulusLength: 1024 });
export const p384 = createTestKey('ES384', 'p384-1');
export const twinA = createTestKey('RS256', 'twin');
const twinB = createTestKey('RS256', 'twin');
export const attacker = createTestKey('RS256', 'rs-1');
export const attackerEc = createTestKey('ES256', 'es-1');
export const attackerEd = createTestKey('EdDSA', 'ed-1');

/** What the identity provider publishes: good keys, and bad ones that must never verify. */
export const JWKS = {
  keys: [
    rsa.jwk,
    ec.jwk,
    ed.jwk,
    weakRsa.jwk,
    twinA.jwk,
    twinB.jwk,
    { ...p384.jwk, alg: 'ES256' },
    { ...createTestKey('RS256', 'enc-1').jwk, use: 'enc' },
    { ...rsa.jwk, kid: 'exponent-1', e: 'AQ' },
    { ...rsa.jwk, kid: 'operations', key_ops: ['encrypt'] },
    { kty: 'oct', kid: 'oct-1', k: secret.jwk.k, alg: 'HS256' },
    { kty: 'unknown', kid: 'unknown-1' },
    'not a key',
    null,
  ],
} as { readonly keys: readonly object[] };
export const SECRET_JWK = secret.jwk;

export const internal = { iss: INTERNAL_ISSUER };
export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
export const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
export const header = (own: object = {}): string =>
  JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid: 'rs-1', ...own });
export const payload = (own: object = {}): string => JSON.stringify({ ...TEST_CLAIMS, ...own });
export const good = mintToken(rsa);
export const [goodHeader, goodPayload, goodSignature] = good.split('.') as [string, string, string];

export type Row = readonly [id: string, headers: AttackCase['headers'], expected: Verdict];
export const named = (name: string, rows: readonly Row[]): readonly AttackCase[] =>
  rows.map(([id, headers, expected]) => ({ id, class: name, headers, expected }));

/** A row whose token is right but for its claims, or for its header. */
export const claims = (id: string, own: object, expected: Verdict = 401, key: TestKey = rsa): Row => [
  id,
  bearer(mintToken(key, { claims: { ...own } })),
  expected,
];
export const members = (id: string, own: object, expected: Verdict = 401, key: TestKey = rsa): Row => [
  id,
  bearer(mintToken(key, { header: { ...own } })),
  expected,
];
