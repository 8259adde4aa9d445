import { mintToken, TEST_CLAIMS, TEST_NOW_SECONDS as now } from '@gatehouse/auth/testing';
import {
  bearer,
  claims,
  ec,
  ed,
  good,
  internal,
  MAX_TOKEN_BYTES,
  members,
  named,
  PUBLIC_ISSUER,
  REVOKED_TOKEN_ID,
  rsa,
  secret,
} from './test-identity.ts';

const control = named('control', [
  ['RS256', bearer(good), 200],
  ['ES256', bearer(mintToken(ec)), 200],
  ['EdDSA', bearer(mintToken(ed)), 200],
  claims('HS256', internal, 200, secret),
  ['the scheme in lower case', { authorization: `bearer ${good}` }, 200],
  ['the scheme in mixed case', { authorization: `BeArEr ${good}` }, 200],
  members('the type as a full media type', { typ: 'application/at+jwt' }, 200),
  members('unknown, harmless header members', { x5t: 'a', 'x5t#S256': 'b', nonce: 'c', ver: 1 }, 200),
  claims('an audience among several', { aud: ['https://a.example/', TEST_CLAIMS.aud] }, 200),
  claims('nested custom claims', { 'https://a.example/roles': [{ a: { b: [1, 2, { c: null }] } }] }, 200),
  claims('a claim in other scripts', { name: 'Zoë 東京 \u{1f511}' }, 200),
  claims('no start and no id', { nbf: undefined, jti: undefined }, 200),
  claims('a client credentials token', { sub: 'web', client_id: 'web' }, 200),
]);

const claimRules = named('claim', [
  claims('another issuer', { iss: 'https://issuer.example.attacker.example/' }),
  claims('the issuer in capitals', { iss: PUBLIC_ISSUER.toUpperCase() }),
  claims('the issuer with a port', { iss: 'https://issuer.example:443/' }),
  claims('the issuer with a space', { iss: `${PUBLIC_ISSUER} ` }),
  claims('__proto__ for an issuer', { iss: '__proto__' }),
  claims('an object for an issuer', { iss: { toString: PUBLIC_ISSUER } }),
  claims('the audience with a space', { aud: `${TEST_CLAIMS.aud} ` }),
  claims('several audiences in one text', { aud: `https://a.example/ ${TEST_CLAIMS.aud}` }),
  claims('an audience with a null beside it', { aud: [TEST_CLAIMS.aud, null] }),
  claims('true for an audience', { aud: true }),
  claims('a subject of spaces', { sub: '   ' }),
  claims('a subject with a NUL', { sub: 'alice\0' }),
  claims('a subject with a line feed', { sub: 'alice\n{"level":"INFO"}' }),
  claims('a subject in another script', { sub: 'аlice' }),
  claims('a subject of 256 characters', { sub: 'a'.repeat(256) }),
  claims('a list for a subject', { sub: ['alice'] }),
  claims('true for an expiry', { exp: true }),
  claims('an expiry in milliseconds', { exp: now * 1000 }),
  claims('a fractional expiry', { exp: now + 60.5 }),
  claims('an expiry in text', { exp: String(now + 60) }),
  claims('expired by the tolerance', { exp: now - 60, iat: now - 600 }),
  claims('expired within the tolerance', { exp: now - 59, iat: now - 600 }, 200),
  claims('issued past the tolerance ahead', { iat: now + 61 }),
  claims('issued at the tolerance ahead', { iat: now + 60 }, 200),
  claims('a negative time of issue', { iat: -1 }),
  claims('starting past the tolerance ahead', { nbf: now + 61 }),
  claims('starting at the tolerance ahead', { nbf: now + 60 }, 200),
  claims('a start in text', { nbf: String(now) }),
  claims('a life of 24 h and 1 s', { iat: now, exp: now + 86_401 }),
  claims('a life of 24 h', { iat: now, exp: now + 86_400 }, 200),
  claims('a revoked token', { jti: REVOKED_TOKEN_ID }),
  claims('an object for a token id', { jti: {} }),
]);

const scopeRules = named('scope', [
  claims('no scope', { scope: undefined }, 403),
  claims('an empty scope', { scope: '' }, 403),
  claims('scopes of another API', { scope: 'orders:read orders:write' }, 403),
  claims('a scope as a part of another', { scope: 'xusers:read users:readx' }, 403),
  claims('a scope in capitals', { scope: 'USERS:READ' }, 403),
  claims('a wildcard', { scope: 'users:* *' }, 403),
  claims('scopes joined by commas', { scope: 'users:read,users:write' }, 403),
  claims('scopes joined by line feeds', { scope: 'orders:read\nusers:read' }, 403),
  claims('a list where the issuer gives a text', { scope: ['users:read'] }, 403),
  claims('an object', { scope: { 'users:read': true } }, 403),
  claims('scp where the issuer uses scope', { scope: undefined, scp: 'users:read' }, 403),
  claims('one scope of this API among others', { scope: 'openid users:read orders:write' }, 200),
]);

const size = named('size', [
  ['one byte over the limit', bearer('A'.repeat(MAX_TOKEN_BYTES + 1)), 401],
  ['a megabyte', bearer('A'.repeat(1_000_000)), 401],
  ['a megabyte of dots', bearer('.'.repeat(1_000_000)), 401],
  ['a megabyte before the token', { authorization: `${' '.repeat(1_000_000)}Bearer ${good}` }, 401],
  [
    'a signed token over the limit',
    bearer(mintToken(rsa, { claims: { padding: 'x'.repeat(MAX_TOKEN_BYTES) } })),
    401,
  ],
  ['a signed token under the limit', bearer(mintToken(rsa, { claims: { padding: 'x'.repeat(4_000) } })), 200],
]);

/** What the claims say; the tokens that must pass; how large a token may be. */
export const CLAIM_CASES = [...control, ...claimRules, ...scopeRules, ...size];
